/** The curves of a report: recall by depth, risk against coverage, shares of time, shares with their uncertainty. */
import { mean, recallAt } from './measures.ts'
import type { Outcome } from './outcome.ts'

export type Point = { readonly x: number; readonly y: number }

/** Mean recall of the answerable questions at each depth from 1. */
export function recallByDepth(outcomes: readonly Outcome[], depth: number): Point[] {
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
 * Selective risk (Geifman and El-Yaniv, 2017): were only the questions of the highest probabilities answered, the share of
 * them that goes wrong. One point wherever the probability changes, since a threshold cannot tell equal ones apart.
 */
export function riskByCoverage(
  items: readonly Risked[],
): (Point & { readonly threshold: number })[] {
  const sorted = [...items].sort((a, b) => b.probability - a.probability)
  const points: (Point & { readonly threshold: number })[] = []
  let wrong = 0
  sorted.forEach((item, i) => {
    if (item.wrong) wrong++
    if (sorted[i + 1]?.probability === item.probability) return
    const answered = i + 1
    points.push({ x: answered / sorted.length, y: wrong / answered, threshold: item.probability })
  })
  return points
}

/** Share of values at or below each of them: an empirical distribution, thinned to `points` steps. */
export function distribution(values: readonly number[], points = 100): Point[] {
  const sorted = [...values].sort((a, b) => a - b)
  const count = Math.min(points, sorted.length)
  return Array.from({ length: count }, (_, i) => {
    const at = Math.ceil(((i + 1) / count) * sorted.length) - 1
    return { x: sorted[at] ?? 0, y: (at + 1) / sorted.length }
  })
}

/** The smallest value that at least this share of the values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

const Z = 1.96

/** 95 % interval of a share of so many (Wilson, 1927): within 0 and 1 even for few. */
export function shareInterval(share: number, count: number): { low: number; high: number } {
  if (count === 0) return { low: 0, high: 1 }
  const scale = 1 + Z ** 2 / count
  const middle = (share + Z ** 2 / (2 * count)) / scale
  const half = (Z * Math.sqrt((share * (1 - share)) / count + Z ** 2 / (4 * count ** 2))) / scale
  return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}
