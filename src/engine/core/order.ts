/** Orders many scores at once: one native sort of numbers instead of thousands of calls to a comparison. */

/** Score steps and places that one double holds exactly: 3 * 2^29 * 2^22 < 2^53. */
const SCORE_STEPS = 2 ** 29
const PLACES = 2 ** 22

/** Places of some ids in code-point order, by which ties are broken: from an id's number to its place, and back. */
export type Places = { readonly of: Int32Array; readonly at: Int32Array }

export function placesById(ids: readonly string[]): Places {
  const at = Int32Array.from(ids.keys()).sort((a, b) => ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1))
  const of = new Int32Array(ids.length)
  at.forEach((number, place) => {
    of[number] = place
  })
  return { of, at }
}

/**
 * The numbers of the k highest scores, highest first; scores within 2e-9 of each other count as equal and go by place.
 * Scores lie between -1 and 1; at most four million of them.
 */
export function highest(scores: Float64Array, places: Places, k: number): number[] {
  const keys = new Float64Array(scores.length)
  for (let i = 0; i < keys.length; i++) {
    // Above zero also for a cosine that rounding has pushed over 1.
    keys[i] = Math.round((2 - (scores[i] ?? 0)) * SCORE_STEPS) * PLACES + (places.of[i] ?? 0)
  }
  keys.sort()
  const best: number[] = []
  for (const key of keys.subarray(0, k)) best.push(places.at[key % PLACES] ?? 0)
  return best
}
