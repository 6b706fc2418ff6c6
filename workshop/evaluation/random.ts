/** Reproducible random numbers from an explicit seed. */

/** In [0, 1), as `Math.random` gives them. */
export type Random = () => number

/** mulberry32 (Tommy Ettinger): numbers from a 32-bit seed. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
