/** Ranking measures by slice of the questions (language, style, topic), each with its interval. */
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { bootstrapMean, type Interval } from './bootstrap.ts'
import { MEASURE_NAMES, type MeasureName, type Outcome, valuesOf } from './outcome.ts'
import { createRandom } from './random.ts'
import type { Split } from './split.ts'

export const DIMENSIONS = ['language', 'style', 'topic'] as const
export type Dimension = (typeof DIMENSIONS)[number]

export type Figures = Readonly<Record<MeasureName, Interval>>

export type SliceFigures = {
  readonly dimension: Dimension | 'all'
  readonly name: string
  readonly questions: number
  readonly figures: Figures
}

/** With this many resamples, the ends of intervals differ by about 0.002 between seeds. */
const RESAMPLES = 4000
const SEED = 1

/** Every measure over the given questions, all of them answerable. */
export function figuresOf(outcomes: readonly Outcome[]): Figures {
  const entries = MEASURE_NAMES.map((name) => {
    const options = { random: createRandom(SEED), resamples: RESAMPLES }
    return [name, bootstrapMean([...valuesOf(outcomes, name).values()], options)]
  })
  // One entry for each name.
  return Object.fromEntries(entries) as Figures
}

/** All answerable questions first, then each value of each dimension, by name. */
export function sliceFigures(outcomes: readonly Outcome[]): SliceFigures[] {
  const answerable = outcomes.filter((outcome) => outcome.kind === 'answerable')
  const slices: SliceFigures[] = [toSlice('all', 'all', answerable)]
  for (const dimension of DIMENSIONS) {
    const names = [...new Set(answerable.map((outcome) => outcome[dimension]))].sort()
    for (const name of names) {
      const members = answerable.filter((outcome) => outcome[dimension] === name)
      slices.push(toSlice(dimension, name, members))
    }
  }
  return slices
}

function toSlice(
  dimension: SliceFigures['dimension'],
  name: string,
  members: readonly Outcome[],
): SliceFigures {
  return { dimension, name, questions: members.length, figures: figuresOf(members) }
}

/** The questions of one half. Throws `evaluation_invalid` when none is left. */
export function takeHalf<T extends { readonly dev: boolean }>(
  outcomes: readonly T[],
  half: Split,
): T[] {
  const kept = outcomes.filter((outcome) => half === 'all' || outcome.dev === (half === 'dev'))
  if (kept.length > 0) return kept
  throw new RetrievalError(
    'evaluation_invalid',
    `none of the ${outcomes.length} questions is in the ${half} half`,
  )
}
