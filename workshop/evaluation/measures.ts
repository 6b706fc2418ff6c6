/**
 * Retrieval measures as trec_eval defines them: the gain is the grade itself, a document is relevant when its grade is
 * positive, and documents without a judgment are not relevant.
 */

/** Grades by document id, for one query. */
export type Judgments = ReadonlyMap<string, number>

/** Judgments by query id. */
export type Qrels = ReadonlyMap<string, Judgments>

/** log2-discounted gain of the first k, divided by that of the best possible order (Järvelin and Kekäläinen, 2002). */
export function ndcgAt(ranked: readonly string[], judgments: Judgments, k: number): number {
  const gain = (grades: readonly number[]) =>
    grades.reduce((sum, grade, i) => sum + Math.max(0, grade) / Math.log2(i + 2), 0)
  const ideal = gain([...judgments.values()].sort((a, b) => b - a).slice(0, k))
  return ideal === 0 ? 0 : gain(ranked.slice(0, k).map((id) => judgments.get(id) ?? 0)) / ideal
}

const isRelevant = (id: string, judgments: Judgments) => (judgments.get(id) ?? 0) > 0
const relevantCount = (judgments: Judgments) =>
  [...judgments.values()].filter((grade) => grade > 0).length
const hitsAt = (ranked: readonly string[], judgments: Judgments, k: number) =>
  ranked.slice(0, k).filter((id) => isRelevant(id, judgments)).length

/** Relevant among the first k, over all relevant. */
export function recallAt(ranked: readonly string[], judgments: Judgments, k: number): number {
  const all = relevantCount(judgments)
  return all === 0 ? 0 : hitsAt(ranked, judgments, k) / all
}

/** Relevant among the first k, over k, even when fewer than k documents are ranked. */
export function precisionAt(ranked: readonly string[], judgments: Judgments, k: number): number {
  return hitsAt(ranked, judgments, k) / k
}

/** 1 when a relevant document is among the first k. */
export function successAt(ranked: readonly string[], judgments: Judgments, k: number): number {
  return hitsAt(ranked, judgments, k) > 0 ? 1 : 0
}

/** 1 / rank of the first relevant document among the first k. */
export function reciprocalRankAt(
  ranked: readonly string[],
  judgments: Judgments,
  k: number,
): number {
  const at = ranked.slice(0, k).findIndex((id) => isRelevant(id, judgments))
  return at === -1 ? 0 : 1 / (at + 1)
}

/** Mean of the precisions at each relevant document, over all relevant. */
export function averagePrecision(ranked: readonly string[], judgments: Judgments): number {
  const all = relevantCount(judgments)
  let hits = 0
  let sum = 0
  ranked.forEach((id, i) => {
    if (!isRelevant(id, judgments)) return
    hits++
    sum += hits / (i + 1)
  })
  return all === 0 ? 0 : sum / all
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}
