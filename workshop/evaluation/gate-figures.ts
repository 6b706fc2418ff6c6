/** How well the shipped gate keeps quiet: each figure with its bootstrap interval. */
import type { Answerability } from '../../src/engine/core/retrieval.ts'
import type { Interval } from './bootstrap.ts'
import { auroc, expectedCalibrationError, type Judged } from './gate.ts'
import type { Question } from './questions.ts'
import { createRandom, type Random } from './random.ts'

export type GateOutcome = Pick<Question, 'id' | 'kind'> &
  Pick<Answerability, 'probability' | 'verdict'>

export type CalibrationError = Interval & {
  /**
   * 95 % interval of what a perfectly calibrated model with these probabilities would show on as many questions: bins are
   * never empty of chance, so an error inside it says nothing against the calibration.
   */
  readonly nullLow: number
  readonly nullHigh: number
}

export type GateFigures = {
  readonly questions: Readonly<Record<Question['kind'], number>>
  /** Undefined where there are no questions of that kind. */
  readonly aurocOutOfDomain?: Interval
  readonly aurocNearDomain?: Interval
  readonly answerableRefused?: Interval
  readonly outOfDomainAnswered?: Interval
  readonly nearDomainAnswered?: Interval
  readonly nearDomainCalledAnswerable?: Interval
  readonly calibrationError?: CalibrationError
}

const RESAMPLES = 2000
const SEED = 1

export function gateFigures(outcomes: readonly GateOutcome[]): GateFigures {
  const of = (kind: Question['kind']) => outcomes.filter((outcome) => outcome.kind === kind)
  const answerable = of('answerable')
  const near = of('near-domain')
  const out = of('out-of-domain')
  const share = (items: readonly GateOutcome[], pick: (item: GateOutcome) => boolean) =>
    items.length === 0
      ? undefined
      : bootstrapOf(items, (sample) => sample.filter(pick).length / sample.length)
  const against = (others: readonly GateOutcome[]) =>
    answerable.length === 0 || others.length === 0
      ? undefined
      : bootstrapOf([...answerable, ...others].map(toJudged), auroc)
  return {
    questions: {
      answerable: answerable.length,
      'near-domain': near.length,
      'out-of-domain': out.length,
    },
    aurocOutOfDomain: against(out),
    aurocNearDomain: against(near),
    answerableRefused: share(answerable, (item) => !isAnswered(item)),
    outOfDomainAnswered: share(out, isAnswered),
    nearDomainAnswered: share(near, isAnswered),
    nearDomainCalledAnswerable: share(near, (item) => item.verdict === 'answerable'),
    // One kind alone has no probability to be calibrated for.
    calibrationError:
      answerable.length > 0 && near.length + out.length > 0
        ? calibrationError(outcomes.map(toJudged))
        : undefined,
  }
}

const isAnswered = ({ verdict }: GateOutcome) => verdict !== 'not_in_corpus'

export function toJudged({ probability, kind }: Omit<GateOutcome, 'verdict'>): Judged {
  return { probability, positive: kind === 'answerable' }
}

export function calibrationError(items: readonly Judged[]): CalibrationError {
  const random = createRandom(SEED)
  const expected = Array.from({ length: RESAMPLES }, () =>
    expectedCalibrationError(
      items.map(({ probability }) => ({ probability, positive: random() < probability })),
    ),
  )
  const { low, high } = ends(expected)
  return { ...bootstrapOf(items, expectedCalibrationError), nullLow: low, nullHigh: high }
}

/** Of any statistic, by resampling its items; a sample of one class has no AUROC and counts nothing. */
export function bootstrapOf<T>(
  items: readonly T[],
  statistic: (sample: readonly T[]) => number,
  random: Random = createRandom(SEED),
): Interval {
  const values: number[] = []
  for (let i = 0; i < RESAMPLES; i++) {
    const sample = items.flatMap(() => {
      const item = items[Math.floor(random() * items.length)]
      return item === undefined ? [] : [item]
    })
    const value = statistic(sample)
    if (Number.isFinite(value)) values.push(value)
  }
  return { mean: statistic(items), ...ends(values) }
}

function ends(values: number[]): { low: number; high: number } {
  values.sort((a, b) => a - b)
  const at = (share: number) => values[Math.round(share * (values.length - 1))] ?? Number.NaN
  return { low: at(0.025), high: at(0.975) }
}
