/** Measures of a probability against what came true: AUROC for separation, reliability and calibration error. */

export type Judged = { readonly probability: number; readonly positive: boolean }

/** Area under the ROC curve: the chance that a positive gets the higher probability (Mann-Whitney, ties half). */
export function auroc(items: readonly Judged[]): number {
  const sorted = [...items].sort((a, b) => a.probability - b.probability)
  const positives = sorted.filter((item) => item.positive).length
  const negatives = sorted.length - positives
  if (positives === 0 || negatives === 0) return Number.NaN
  let rankSum = 0
  for (let i = 0; i < sorted.length; ) {
    let end = i
    while (end < sorted.length && sorted[end]?.probability === sorted[i]?.probability) end++
    const rank = (i + 1 + end) / 2
    for (let k = i; k < end; k++) if (sorted[k]?.positive) rankSum += rank
    i = end
  }
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives)
}

export type ReliabilityBin = {
  readonly from: number
  readonly to: number
  readonly count: number
  readonly meanProbability: number
  readonly shareOfPositives: number
}

/** Ten bins of equal width (Guo et al., "On Calibration of Modern Neural Networks", 2017). */
export function reliability(items: readonly Judged[], bins = 10): ReliabilityBin[] {
  return Array.from({ length: bins }, (_, i) => {
    const from = i / bins
    const to = (i + 1) / bins
    const inside = items.filter(
      ({ probability }) =>
        probability >= from && (probability < to || (i === bins - 1 && probability <= 1)),
    )
    const count = inside.length
    const mean = (pick: (item: Judged) => number) =>
      count === 0 ? 0 : inside.reduce((sum, item) => sum + pick(item), 0) / count
    return {
      from,
      to,
      count,
      meanProbability: mean((item) => item.probability),
      shareOfPositives: mean((item) => (item.positive ? 1 : 0)),
    }
  })
}

/** ECE: mean distance between probability and share of positives over the bins, weighted by count. */
export function expectedCalibrationError(items: readonly Judged[], bins = 10): number {
  if (items.length === 0) return 0
  return reliability(items, bins).reduce(
    (sum, bin) =>
      sum + (bin.count / items.length) * Math.abs(bin.meanProbability - bin.shareOfPositives),
    0,
  )
}

/** The share of items that reach a threshold. */
export function shareAt(
  items: readonly { readonly probability: number }[],
  threshold: number,
): number {
  return items.length === 0
    ? 0
    : items.filter((item) => item.probability >= threshold).length / items.length
}
