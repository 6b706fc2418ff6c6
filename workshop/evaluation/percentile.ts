/** Percentiles of a sample. */

/**
 * The value below which a `share` (0 to 1) of the sample lies, interpolated linearly between neighbours as numpy does by
 * default; NaN for an empty sample.
 */
export function percentile(values: ArrayLike<number>, share: number): number {
  const sorted = Float64Array.from(values).sort()
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? Number.NaN
  const above = sorted[Math.ceil(at)] ?? Number.NaN
  return below + (at - Math.floor(at)) * (above - below)
}
