/** Orders many scores at once: one native sort of numbers instead of thousands of calls to a comparison. */

/** Score steps and places that one double holds exactly: 3 * 2^29 * 2^22 < 2^53. */
const SCORE_STEPS = 2 ** 29
const PLACES = 2 ** 22

/** Place of each id when ids are in code-point order: what ties are broken by. */
export function placesById(ids: readonly string[]): Int32Array {
  const places = new Int32Array(ids.length)
  ids
    .map((id, i) => ({ id, i }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .forEach(({ i }, place) => {
      places[i] = place
    })
  return places
}

/**
 * The numbers of the k highest scores, highest first; scores within 2e-9 of each other count as equal and go by place.
 * Scores lie between -1 and 1; at most four million of them.
 */
export function highest(scores: Float64Array, places: Int32Array, k: number): number[] {
  const keys = new Float64Array(scores.length)
  for (let i = 0; i < keys.length; i++) {
    // Above zero also for a cosine that rounding has pushed over 1.
    keys[i] = Math.round((2 - (scores[i] ?? 0)) * SCORE_STEPS) * PLACES + (places[i] ?? 0)
  }
  keys.sort()
  const numberAt = new Int32Array(places.length)
  for (let i = 0; i < places.length; i++) numberAt[places[i] ?? 0] = i
  return Array.from(keys.subarray(0, k), (key) => numberAt[key % PLACES] ?? 0)
}
