import { describe, expect, it } from 'vitest'
import { RetrievalError } from '../../../src/engine/core/errors.ts'
import {
  retrievalRequestSchema,
  retrievalResponseSchema,
} from '../../../src/engine/core/retrieval.ts'
import { rerank } from '../../../src/engine/search/rerank.ts'
import { testReranker } from '../../contracts/reranker.ts'
import { sampleRetriever } from '../../fixtures/built-index.ts'
import { rerankerOf, wordReranker } from '../../fixtures/rerankers.ts'
import { candidate } from './candidates.ts'

testReranker({ name: 'shared-words', open: async () => wordReranker() })

const ranked = [0.9, 0.8, 0.7].map((fused, i) => candidate(fused, { id: `p${i + 1}` }))
const ids = (list: typeof ranked | Awaited<ReturnType<typeof rerank>>['ranked']) =>
  list.map((c) => c.passage.id)
const forever = rerankerOf(() => new Promise(() => {}))

describe('a reranker', () => {
  it('orders the first passages by its scores and keeps the order of ties', async () => {
    const reranker = rerankerOf(async () => [0, 5, 5])
    const done = await rerank('q', ranked, { reranker, timeoutMs: 10_000 })
    expect(done.status).toBe('applied')
    expect(ids(done.ranked)).toEqual(['p2', 'p3', 'p1'])
    expect(done.scores.get('p1')).toBe(0)
    expect(done.reason).toBeUndefined()
  })

  it('leaves passages further down where they are', async () => {
    const many = Array.from({ length: 25 }, (_, i) => candidate(1 - i / 100, { id: `p${i}` }))
    const reranker = rerankerOf(async (_, texts) => texts.map((_, i) => i))
    const done = await rerank('q', many, { reranker, timeoutMs: 10_000 })
    expect(ids(done.ranked).slice(0, 2)).toEqual(['p19', 'p18'])
    expect(ids(done.ranked).slice(20)).toEqual(['p20', 'p21', 'p22', 'p23', 'p24'])
  })

  it('is aborted and skipped when its time runs out, and the order stays as it was', async () => {
    let told: AbortSignal | undefined
    const slow = rerankerOf((_query, _texts, options) => {
      told = options?.signal
      return new Promise(() => {})
    })
    const done = await rerank('q', ranked, { reranker: slow, timeoutMs: 5 })
    expect(done).toMatchObject({ status: 'skipped', reason: 'no answer within 5 ms' })
    expect(ids(done.ranked)).toEqual(['p1', 'p2', 'p3'])
    expect(told?.aborted).toBe(true)
  })

  it('is skipped when it fails or gives no score for a passage', async () => {
    const broken = rerankerOf(async () => {
      throw new RetrievalError('model_unavailable', 'the thread has ended')
    })
    const failed = await rerank('q', ranked, { reranker: broken, timeoutMs: 10_000 })
    expect(failed).toMatchObject({ status: 'skipped', reason: 'the thread has ended' })
    for (const scores of [[1], [1, Number.NaN, 2]]) {
      const short = rerankerOf(async () => scores)
      const done = await rerank('q', ranked, { reranker: short, timeoutMs: 10_000 })
      expect(done.status).toBe('skipped')
      expect(ids(done.ranked)).toEqual(['p1', 'p2', 'p3'])
    }
  })
})

describe('an answer', () => {
  const ask = async (options: Parameters<typeof sampleRetriever>[0]) => {
    const { retriever } = await sampleRetriever(options)
    const request = { query: 'apply for the beekeeping licence online', explain: true }
    const answer = await retriever.retrieve(retrievalRequestSchema.parse(request))
    expect(retrievalResponseSchema.parse(answer)).toEqual(answer)
    return answer
  }

  it('says whether it was reranked', async () => {
    const off = await ask({})
    expect(off.reranker).toBe('off')
    expect(off.passages[0]?.explain?.rerankerScore).toBeNull()
    const turned = rerankerOf(async (_, texts) => texts.map((_, i) => i))
    const applied = await ask({ reranker: turned, rerankerTimeoutMs: 10_000 })
    expect(applied.reranker).toBe('applied')
    expect(applied.passages[0]?.id).not.toBe(off.passages[0]?.id)
    expect(applied.passages[0]?.rank).toBe(1)
    expect(applied.passages[0]?.explain?.rerankerScore).toBeGreaterThan(0)
    expect(applied.answerability).toEqual(off.answerability)
    const skipped = await ask({ reranker: forever, rerankerTimeoutMs: 5 })
    expect(skipped).toMatchObject({ reranker: 'skipped', rerankerReason: 'no answer within 5 ms' })
    expect(skipped.passages).toEqual(off.passages)
  })
})
