/** The evaluation answers as the service does: same passages, same verdicts, also from vectors that are known. */
import { afterAll, expect, it } from 'vitest'
import { retrievalRequestSchema } from '../../../../src/engine/core/retrieval.ts'
import { parseConfig } from '../../../../src/start/config.ts'
import { loadService } from '../../../../src/start/load-service.ts'
import {
  evaluationModel,
  openEvaluation,
} from '../../../../workshop/evaluation/asking/evaluation.ts'
import { readQuestions } from '../../../../workshop/evaluation/questions.ts'
import { makeFolder } from '../../../fixtures/built-index.ts'

const cache = makeFolder()
afterAll(cache.remove)

it('asks what the service would answer, question by question', async () => {
  const config = parseConfig({})
  const all = await readQuestions('eval/questions')
  const questions = ['answerable', 'near-domain', 'out-of-domain'].flatMap((kind) =>
    all.filter((question) => question.kind === kind).slice(0, 3),
  )
  const options = {
    ...(await evaluationModel(config)),
    indexDir: config.INDEX_DIR,
    cacheDir: cache.path,
  }
  const service = await loadService({ ...config, baseUrl: 'http://localhost', notice: () => {} })
  const first = await openEvaluation(options)
  try {
    const shipped = await first.askShipped(questions)
    const again = await openEvaluation({
      ...options,
      openEmbedder: () => Promise.reject(new Error('every vector is known')),
    })
    const known = await again.askShipped(questions)
    await again.close()
    for (const [i, question] of questions.entries()) {
      const answer = await service.retriever.retrieve(
        retrievalRequestSchema.parse({ query: question.text, quickScan: false, explain: true }),
      )
      const timeless = { ...answer, tookMs: undefined }
      expect({ ...shipped[i]?.answer, tookMs: undefined }).toEqual(timeless)
      expect({ ...known[i]?.answer, tookMs: undefined }).toEqual(timeless)
    }
    const open = await first.askOpen(questions)
    expect(open.every(({ ranked }) => ranked.length > 5)).toBe(true)
  } finally {
    await Promise.all([service.close(), first.close()])
  }
}, 300_000)
