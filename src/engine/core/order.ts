/** Sorts many scores at once: one native sort of numbers instead of thousands of calls to a comparison. */

/**
 * A score in steps and an id's rank share one double: 2 - score is at most 3, and 3 * 2^29 * 2^22 < 2^53, so every key
 * is an exact integer.
 */
const SCORE_STEPS = 2 ** 29
const MAX_IDS = 2 ** 22

/** The sorted order of some ids, which breaks ties. */
export type IdOrder = {
  /** Maps an id's number to its rank among the ids. */
  readonly rankOf: Int32Array
  /** Maps a rank to the id's number. */
  readonly numberAt: Int32Array
}

export function orderIds(ids: readonly string[]): IdOrder {
  const numberAt = Int32Array.from(ids.keys()).sort((a, b) =>
    (ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1,
  )
  const rankOf = new Int32Array(ids.length)
  numberAt.forEach((number, rank) => {
    rankOf[number] = rank
  })
  return { rankOf, numberAt }
}

/**
 * Of the items in `numbers`, the k with the highest scores, highest first; scores within 2e-9 (one step) of each other
 * count as equal and are ordered by id. `scores` is indexed by item number. Scores lie between -1 and 1; there are at
 * most four million items.
 */
export function highest(
  scores: Float64Array,
  numbers: Int32Array,
  { rankOf, numberAt }: IdOrder,
  k: number,
): number[] {
  const keys = new Float64Array(numbers.length)
  for (let i = 0; i < keys.length; i++) {
    const number = numbers[i] ?? 0
    // 2 - score stays positive even for a cosine that rounding has pushed over 1.
    const steps = Math.round((2 - (scores[number] ?? 0)) * SCORE_STEPS)
    keys[i] = steps * MAX_IDS + (rankOf[number] ?? 0)
  }
  keys.sort()
  const best: number[] = []
  for (const key of keys.subarray(0, k)) best.push(numberAt[key % MAX_IDS] ?? 0)
  return best
}
