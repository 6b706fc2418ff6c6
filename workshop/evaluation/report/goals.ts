/** The goals of the service on the test half, and whether they are reached. */
import type { Interval } from '../bootstrap.ts'
import type { MeasureName } from '../outcome.ts'
import type { Measured } from './data.ts'

export type Goal = {
  readonly name: string
  readonly aim: string
  readonly value: string
  readonly interval: string
  readonly met: boolean
}

const number = (value: number) => value.toFixed(3)
const percent = (value: number) => `${(value * 100).toFixed(1)} %`

export function goalsOf({ slices, abstention }: Measured): Goal[] {
  const slice = (dimension: string, name: string) =>
    slices.find((one) => one.dimension === dimension && one.name === name)?.figures
  const all = slice('all', 'all')
  const least = (name: string, interval: Interval | undefined, aim: number): Goal[] =>
    interval ? [toGoal(name, `at least ${aim}`, interval, number, interval.mean >= aim)] : []
  const most = (name: string, interval: Interval | undefined, aim: number): Goal[] =>
    interval
      ? [toGoal(name, `at most ${percent(aim)}`, interval, percent, interval.mean <= aim)]
      : []
  const measure: MeasureName = 'Success@1'
  const gap = (name: string, a: Interval | undefined, b: Interval | undefined, aim: number) =>
    a && b
      ? [
          {
            name,
            aim: `within ${aim}`,
            value: `${number(a.mean)} against ${number(b.mean)}`,
            interval: `difference ${(a.mean - b.mean).toFixed(3)}`,
            met: a.mean >= b.mean - aim,
          },
        ]
      : []
  const clean = mergedClean(slices, measure)
  const error = abstention?.calibrationError
  return [
    ...least('An answering passage comes first', all?.['Success@1'], 0.88),
    ...least('An answering passage among three', all?.['Success@3'], 0.95),
    ...least('The right guide comes first', all?.['guide first'], 0.96),
    ...gap(
      'Spanish against English, Success@1',
      slice('language', 'es')?.[measure],
      slice('language', 'en')?.[measure],
      0.03,
    ),
    ...gap(
      'Typing errors against clean text, Success@1',
      slice('style', 'typo')?.[measure],
      clean,
      0.05,
    ),
    ...gap(
      'Missing accents against clean text, Success@1',
      slice('style', 'no-accents')?.[measure],
      clean,
      0.05,
    ),
    ...least('AUROC against off-topic questions', abstention?.aurocOutOfDomain, 0.97),
    ...least('AUROC against near-domain questions', abstention?.aurocNearDomain, 0.85),
    ...most('Answerable questions refused', abstention?.answerableRefused, 0.03),
    ...most('Off-topic questions answered', abstention?.outOfDomainAnswered, 0.05),
    ...(error
      ? [
          {
            name: 'Calibration error of the probabilities',
            aim: `at most 0.05, or no more than chance (${number(error.nullHigh)})`,
            value: number(error.mean),
            interval: `${number(error.low)} to ${number(error.high)}`,
            met: error.mean <= Math.max(0.05, error.nullHigh),
          },
        ]
      : []),
  ]
}

function toGoal(
  name: string,
  aim: string,
  { mean, low, high }: Interval,
  format: (value: number) => string,
  met: boolean,
): Goal {
  return { name, aim, value: format(mean), interval: `${format(low)} to ${format(high)}`, met }
}

/** Questions without typing errors or missing accents, in one language: mean over their styles, weighted by count. */
function mergedClean(slices: Measured['slices'], measure: MeasureName): Interval | undefined {
  const clean = slices.filter(
    ({ dimension, name }) =>
      dimension === 'style' && ['keyword', 'natural', 'verbose'].includes(name),
  )
  const questions = clean.reduce((sum, slice) => sum + slice.questions, 0)
  if (questions === 0) return undefined
  const of = (end: keyof Interval) =>
    clean.reduce((sum, slice) => sum + slice.figures[measure][end] * slice.questions, 0) / questions
  return { mean: of('mean'), low: of('low'), high: of('high') }
}
