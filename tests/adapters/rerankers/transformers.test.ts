import { describe, expect, it } from 'vitest'
import { createTransformersReranker } from '../../../src/adapters/rerankers/transformers.ts'
import { createRerankerThread } from '../../../src/runtime/reranker-thread.ts'
import { temporaryFolder } from '../../fixtures/built-index.ts'

describe('a folder without a cross-encoder', () => {
  it('is named together with the setting, and nothing is downloaded', async () => {
    const options = { modelsDir: temporaryFolder(), folder: 'nothing-here', threads: 1 }
    await expect(createTransformersReranker(options)).rejects.toMatchObject({
      code: 'model_unavailable',
      message: expect.stringMatching(/nothing-here.*RERANKER_DIR/s),
    })
  })

  it('is named also from the thread that would have loaded it', async () => {
    await expect(
      createRerankerThread(`${temporaryFolder()}/nothing-here`, 1),
    ).rejects.toMatchObject({
      code: 'model_unavailable',
      message: expect.stringContaining('nothing-here'),
    })
  }, 60_000)
})
