/**
 * Optional reranking of the first passages under a time limit. If it takes too long or fails, the order stays as it was
 * and the answer says so.
 */
import { messageOf } from '../core/errors.ts'
import { indexedText } from '../core/passage.ts'
import type { Reranker } from '../core/reranker.ts'
import type { Candidate } from './fusion.ts'

/** How many passages are reranked: the largest limit of an answer. */
const RERANKED = 20

export type Reranked = {
  readonly ranked: readonly Candidate[]
  readonly status: 'off' | 'applied' | 'skipped'
  /** Why it was skipped. */
  readonly reason?: string
  /** Passage id to the reranker's score; empty unless applied. */
  readonly scores: ReadonlyMap<string, number>
}

export type RerankOptions = {
  readonly reranker: Reranker | undefined
  readonly timeoutMs: number
}

const NO_SCORES: ReadonlyMap<string, number> = new Map()

/** Never rejects: a failure is the status `skipped` with its reason. */
export async function rerank(
  query: string,
  ranked: readonly Candidate[],
  { reranker, timeoutMs }: RerankOptions,
): Promise<Reranked> {
  if (!reranker || ranked.length === 0) return { ranked, status: 'off', scores: NO_SCORES }
  const head = ranked.slice(0, RERANKED)
  const limit = new AbortController()
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      limit.abort()
      reject(new Error(`no answer within ${timeoutMs} ms`))
    }, timeoutMs)
  })
  try {
    const texts = head.map(({ passage }) => indexedText(passage))
    const scores = await Promise.race([
      reranker.score(query, texts, { signal: limit.signal }),
      late,
    ])
    if (scores.length !== head.length || !scores.every(Number.isFinite))
      throw new Error('the reranker did not give every passage a finite score')
    const order = head
      .map((candidate, i) => ({ candidate, score: scores[i] ?? 0, i }))
      .sort((a, b) => b.score - a.score || a.i - b.i)
    return {
      ranked: [...order.map(({ candidate }) => candidate), ...ranked.slice(RERANKED)],
      status: 'applied',
      scores: new Map(order.map(({ candidate, score }) => [candidate.passage.id, score])),
    }
  } catch (error) {
    return { ranked, status: 'skipped', reason: messageOf(error), scores: NO_SCORES }
  } finally {
    clearTimeout(timer)
  }
}
