import { describe, expect, it } from 'vitest'
import { createEmbeddingPool } from '../../src/runtime/embedding-pool.ts'
import { openModelFolder } from '../../src/runtime/model-folder.ts'
import { distance, testEmbedder } from '../contracts/embedder.ts'
import { MODEL_DIR } from '../fixtures/model.ts'

testEmbedder({
  name: 'pooled',
  open: async () => createEmbeddingPool(await openModelFolder(MODEL_DIR), 2),
})

describe('the pool of embedding sessions', () => {
  it('gives the vectors of the in-process adapter, under its fingerprint', async () => {
    const folder = await openModelFolder(MODEL_DIR)
    const [pool, single] = await Promise.all([createEmbeddingPool(folder, 1), folder.open(1)])
    try {
      const texts = ['whats the imss phone', '¿puedo sacar el NSS sin acta apostillada?']
      const [many, alone] = await Promise.all([
        pool.embed(texts, 'query'),
        single.embed(texts, 'query'),
      ])
      expect(pool.fingerprint).toBe(single.fingerprint)
      for (const [i, vector] of alone.entries()) {
        expect(distance(vector, many[i] ?? new Float32Array())).toBeLessThan(1e-6)
      }
    } finally {
      await Promise.all([pool.close(), single.close()])
    }
  })

  it('closes in the middle of its work: what waits is rejected, the process lives', async () => {
    const pool = await createEmbeddingPool(await openModelFolder(MODEL_DIR), 2)
    const texts = Array.from({ length: 12 }, (_, i) => `honey bees ${i} `.repeat(40))
    const embedding = pool.embed(texts, 'passage')
    const rejected = expect(embedding).rejects.toMatchObject({ code: 'model_unavailable' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await pool.close()
    await rejected
  })

  it('says model_unavailable when its sessions cannot load the model', async () => {
    const folder = await openModelFolder(MODEL_DIR)
    const nowhere = { ...folder, path: `${MODEL_DIR}-not-here` }
    await expect(createEmbeddingPool(nowhere, 1)).rejects.toMatchObject({
      code: 'model_unavailable',
      message: expect.stringContaining('not-here'),
    })
  })
})
