/** Data of the report's curves: recall by depth, risk against coverage, latency distribution, intervals of shares. */
import { mean, recallAt } from './measures.ts'
import type { Outcome } from './outcome.ts'

export type CurvePoint = { readonly x: number; readonly y: number }

/** Mean recall of the answerable questions at each depth from 1. */
export function recallByDepth(outcomes: readonly Outcome[], depth: number): CurvePoint[] {
  const answerable = outcomes.filter((outcome) => outcome.kind === 'answerable')
  return Array.from({ length: depth }, (_, i) => ({
    x: i + 1,
    y: mean(
      answerable.map(({ ranked, grades }) =>
        recallAt(
          ranked.map(({ id }) => id),
          grades,
          i + 1,
        ),
      ),
    ),
  }))
}

export type Risked = { readonly probability: number; readonly wrong: boolean }

/**
 * Selective risk (Geifman and El-Yaniv, 2017): the share of wrong answers when only the questions with the highest
 * probabilities are answered. One point per distinct probability, since a threshold cannot separate equal ones.
 */
export function riskByCoverage(
  items: readonly Risked[],
): (CurvePoint & { readonly threshold: number })[] {
  const sorted = [...items].sort((a, b) => b.probability - a.probability)
  const points: (CurvePoint & { readonly threshold: number })[] = []
  let wrong = 0
  sorted.forEach((item, i) => {
    if (item.wrong) wrong++
    if (sorted[i + 1]?.probability === item.probability) return
    const answered = i + 1
    points.push({ x: answered / sorted.length, y: wrong / answered, threshold: item.probability })
  })
  return points
}

/** Empirical distribution: for each value the share of values at or below it, thinned to `points` steps. */
export function distribution(values: readonly number[], points = 100): CurvePoint[] {
  const sorted = [...values].sort((a, b) => a - b)
  const count = Math.min(points, sorted.length)
  return Array.from({ length: count }, (_, i) => {
    const at = Math.ceil(((i + 1) / count) * sorted.length) - 1
    return { x: sorted[at] ?? 0, y: (at + 1) / sorted.length }
  })
}

/** Standard normal quantile of a 95 % interval. */
const Z = 1.96

/** 95 % interval of a share observed over `count` items (Wilson, 1927); stays within 0 and 1 for small counts. */
export function shareInterval(share: number, count: number): { low: number; high: number } {
  if (count === 0) return { low: 0, high: 1 }
  const scale = 1 + Z ** 2 / count
  const middle = (share + Z ** 2 / (2 * count)) / scale
  const half = (Z * Math.sqrt((share * (1 - share)) / count + Z ** 2 / (4 * count ** 2))) / scale
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
