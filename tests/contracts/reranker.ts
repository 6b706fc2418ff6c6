/** The contract of every reranker. */
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Reranker } from '../../src/engine/core/reranker.ts'
import { createChecks, type Skip } from './suite.ts'

type RerankerSubject = {
  readonly name: string
  /** Opened once for the whole suite, closed after it. */
  readonly open: () => Promise<Reranker>
  readonly skip?: readonly Skip[]
}

const QUERY = 'how do I register a hive'
const TEXTS = ['Register every hive at the counter.', 'The licence costs nothing.', 'a']

export function testReranker(subject: RerankerSubject): void {
  const { check, done } = createChecks(subject.skip)
  describe(`the ${subject.name} reranker`, () => {
    let reranker: Reranker
    beforeAll(async () => {
      reranker = await subject.open()
    }, 60_000)
    afterAll(() => reranker?.close())

    check('gives one finite score per text and names its model', async () => {
      const scores = await reranker.score(QUERY, TEXTS)
      expect(scores).toHaveLength(TEXTS.length)
      expect(scores.every(Number.isFinite)).toBe(true)
      expect(reranker.modelId).not.toBe('')
      expect(await reranker.score(QUERY, [])).toEqual([])
    })

    check('gives a text the same score whatever else is asked, and in whatever order', async () => {
      const [first, ...rest] = await reranker.score(QUERY, TEXTS)
      const [alone] = await reranker.score(QUERY, TEXTS.slice(0, 1))
      expect(alone).toBeCloseTo(first ?? Number.NaN, 5)
      const turned = await reranker.score(QUERY, [...TEXTS].reverse())
      for (const [i, score] of [first, ...rest].entries())
        expect(turned[TEXTS.length - 1 - i]).toBeCloseTo(score ?? Number.NaN, 5)
    })

    check('stops with `aborted` when its signal is', async () => {
      const signal = AbortSignal.abort()
      await expect(reranker.score(QUERY, TEXTS, { signal })).rejects.toMatchObject({
        code: 'aborted',
      })
    })
    done()
  })
}
