/** Abstention metrics with bootstrap intervals: how well the service tells questions that the guides answer from others. */
import type { Answerability } from '../../src/engine/core/retrieval.ts'
import { INTERVAL_SHARES, type Interval } from './bootstrap.ts'
import { percentile } from './percentile.ts'
import { auroc, expectedCalibrationError, type Judged } from './probability-measures.ts'
import type { Question } from './questions.ts'
import { createRandom, type Random } from './random.ts'

export type AbstentionOutcome = Pick<Question, 'id' | 'kind'> &
  Pick<Answerability, 'probability' | 'verdict'>

export type CalibrationError = Interval & {
  /**
   * 95 % interval of the error that a perfectly calibrated model with these probabilities would show on the same number of
   * questions. It is above 0 because bins are small; an error within it is no evidence of miscalibration.
   */
  readonly nullLow: number
  readonly nullHigh: number
}

export type AbstentionFigures = {
  readonly questions: Readonly<Record<Question['kind'], number>>
  /** Each of these is undefined if there are no questions of its kind. */
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

/** Verdicts by kind of question, and how well the probability separates the kinds. */
export function abstentionFigures(outcomes: readonly AbstentionOutcome[]): AbstentionFigures {
  const of = (kind: Question['kind']) => outcomes.filter((outcome) => outcome.kind === kind)
  const answerable = of('answerable')
  const near = of('near-domain')
  const out = of('out-of-domain')
  const share = (
    items: readonly AbstentionOutcome[],
    pick: (item: AbstentionOutcome) => boolean,
  ) =>
    items.length === 0
      ? undefined
      : bootstrapOf(items, (sample) => sample.filter(pick).length / sample.length)
  const against = (others: readonly AbstentionOutcome[]) =>
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
    // With one kind of question only there is nothing to calibrate against.
    calibrationError:
      answerable.length > 0 && near.length + out.length > 0
        ? calibrationError(outcomes.map(toJudged))
        : undefined,
  }
}

const isAnswered = ({ verdict }: AbstentionOutcome) => verdict !== 'not_in_corpus'

export function toJudged({ probability, kind }: Omit<AbstentionOutcome, 'verdict'>): Judged {
  return { probability, positive: kind === 'answerable' }
}

/** Expected calibration error with its interval, and the interval that chance alone would give. */
export function calibrationError(items: readonly Judged[]): CalibrationError {
  const random = createRandom(SEED)
  const expected = Array.from({ length: RESAMPLES }, () =>
    expectedCalibrationError(
      items.map(({ probability }) => ({ probability, positive: random() < probability })),
    ),
  )
  const { low, high } = intervalOf(expected)
  return { ...bootstrapOf(items, expectedCalibrationError), nullLow: low, nullHigh: high }
}

/** Bootstrap interval of any statistic over items; samples for which it is not finite (AUROC of one class) are skipped. */
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
  return { mean: statistic(items), ...intervalOf(values) }
}

function intervalOf(values: readonly number[]): { low: number; high: number } {
  return {
    low: percentile(values, INTERVAL_SHARES.low),
    high: percentile(values, INTERVAL_SHARES.high),
  }
}
