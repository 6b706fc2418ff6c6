/** Compares two systems on the same questions: the difference of every measure, paired by question. */
import { bootstrapDifference, type Interval } from './bootstrap.ts'
import { MEASURE_NAMES, type MeasureName, type Outcome, valuesOf } from './outcome.ts'
import { createRandom } from './random.ts'

export type SystemDifference = Readonly<Record<MeasureName, Interval>>

const RESAMPLES = 4000
const SEED = 1

/** `other` minus `full`: below zero, `other` is worse. */
export function systemDifference(
  other: readonly Outcome[],
  full: readonly Outcome[],
): SystemDifference {
  const entries = MEASURE_NAMES.map((name) => [
    name,
    bootstrapDifference(valuesOf(other, name), valuesOf(full, name), {
      random: createRandom(SEED),
      resamples: RESAMPLES,
    }),
  ])
  // One entry for each name.
  return Object.fromEntries(entries) as SystemDifference
}
