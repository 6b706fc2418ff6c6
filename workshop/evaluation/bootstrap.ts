/**
 * How far a mean over queries is to be trusted: 95 % percentile intervals of the bootstrap (Efron and Tibshirani, "An
 * Introduction to the Bootstrap", 1993), paired by query for two systems (Sakai, "Evaluating Evaluation Metrics based on
 * the Bootstrap", 2006).
 */
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { mean } from './measures.ts'
import type { Random } from './random.ts'

export type Interval = { readonly mean: number; readonly low: number; readonly high: number }

export type BootstrapOptions = {
  /** Seeded, so that a figure can be had again. */
  readonly random: Random
  readonly resamples?: number
}

/** The ends of an interval then move by less than 0.001 from seed to seed on the public sets. */
const RESAMPLES = 10_000
const OUTSIDE = 0.05

/** Mean of one system's value per query. Throws `evaluation_invalid` for none and for a value that is not finite. */
export function bootstrapMean(values: readonly number[], options: BootstrapOptions): Interval {
  if (values.length === 0) throw fault('no query to take a mean over')
  if (!values.every(Number.isFinite)) throw fault('a value to take a mean of is not a number')
  const { random, resamples = RESAMPLES } = options
  if (resamples < 1) throw fault('a bootstrap needs one resample or more')
  const sample = Float64Array.from(values)
  const means = new Float64Array(resamples)
  for (let i = 0; i < resamples; i++) {
    let sum = 0
    for (let n = 0; n < sample.length; n++) sum += sample[Math.floor(random() * sample.length)] ?? 0
    means[i] = sum / sample.length
  }
  means.sort()
  return {
    mean: mean(values),
    low: quantile(means, OUTSIDE / 2),
    high: quantile(means, 1 - OUTSIDE / 2),
  }
}

/**
 * Mean of a's value less b's, query by query: above zero a is better, and an interval without zero says that it is not by
 * chance. Values are by query id; throws `evaluation_invalid` when the two were not measured on the same queries.
 */
export function bootstrapDifference(
  a: ReadonlyMap<string, number>,
  b: ReadonlyMap<string, number>,
  options: BootstrapOptions,
): Interval {
  const alone = [...a.keys()].find((id) => !b.has(id)) ?? [...b.keys()].find((id) => !a.has(id))
  if (alone !== undefined) throw fault(`only one of the two systems has a value for query ${alone}`)
  const ids = [...a.keys()].sort()
  return bootstrapMean(
    ids.map((id) => (a.get(id) ?? 0) - (b.get(id) ?? 0)),
    options,
  )
}

/** Linear between the neighbours, as numpy's default. */
function quantile(sorted: Float64Array, share: number): number {
  const at = share * (sorted.length - 1)
  const below = sorted[Math.floor(at)] ?? 0
  const above = sorted[Math.ceil(at)] ?? 0
  return below + (at - Math.floor(at)) * (above - below)
}

function fault(message: string): RetrievalError {
  return new RetrievalError('evaluation_invalid', message)
}
