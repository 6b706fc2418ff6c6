/** Reciprocal rank fusion, for comparison only: the service fuses bounded scores, which keep the distances that ranks drop. */
import type { Scored } from './trec.ts'

/** The constant of Cormack, Clarke and Büttcher ("Reciprocal Rank Fusion", 2009). */
const RRF_K = 60

/** Sum of 1 / (k + rank) over the rankings that contain the id; best first, ties by id. */
export function reciprocalRankFusion(
  rankings: readonly (readonly string[])[],
  k = RRF_K,
): Scored[] {
  const scores = new Map<string, number>()
  for (const ranking of rankings) {
    ranking.forEach((id, i) => {
      scores.set(id, (scores.get(id) ?? 0) + 1 / (k + i + 1))
    })
  }
  return [...scores]
    .map(([id, score]) => ({ id, score }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
}
