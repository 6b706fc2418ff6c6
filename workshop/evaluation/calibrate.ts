/** Fits the calibrated models on the dev half of the judged questions and measures them on the test half. */
import { type Calibration, logOdds, probabilityOf } from '../../src/engine/core/calibration.ts'
import { type Example, type Fitted, fitLogistic } from './logistic.ts'
import { auroc, expectedCalibrationError, type Judged, shareAt } from './probability-measures.ts'
import { createRandom } from './random.ts'

type Kind = 'answerable' | 'near-domain' | 'out-of-domain'

/** A question asked without abstention: its signals, and those of the passages that were ranked. */
export type CalibrationItem = {
  readonly kind: Kind
  readonly dev: boolean
  readonly signals: Readonly<Record<string, number>>
  readonly grades: ReadonlyMap<string, number>
  readonly ranked: readonly {
    readonly id: string
    readonly signals: Readonly<Record<string, number>>
  }[]
}

export type SignalNames = {
  readonly question: readonly string[]
  readonly passage: readonly string[]
}

/** Highest tolerated error rates: shares of answerable questions refused and of off-topic questions answered. */
const ALLOWANCE = { refused: 0.03, answered: 0.05 }
/** Repeated cross-validation on the dev half gives each question a probability from a model that was not fitted on it. */
const REPEATS = 4
const FOLDS = 5
const SEED = 1
/** `answerable` is the lowest threshold at which this share of the dev questions above it is answerable. */
const ANSWERABLE_PRECISION = 0.9
/** Passages per question that the passage model is fitted on: as many as a caller gets by default. */
const SEEN = 5

export type FittedSide = Pick<Calibration, 'hybrid'> & {
  readonly passage: Fitted
  readonly thresholds: Calibration['thresholds']['hybrid']
  readonly errorRates: Record<string, number>
}

export function calibrate(items: readonly CalibrationItem[], names: SignalNames): FittedSide {
  const dev = items.filter((item) => item.dev)
  const others = leftOut(dev, names.question)
  const shrinkage = toShrinkage(others)
  const question = shrink(fitLogistic(dev.map(toExample), names.question), shrinkage)
  const probability = (item: CalibrationItem) => probabilityOf(item.signals, question)
  const passage = fitLogistic(
    dev.flatMap((item) => passageExamples(item, probability(item))),
    names.passage,
  )
  const thresholds = chooseThresholds(
    others.map((item) => ({
      ...item,
      probability: probabilityOf({ predicted: logOdds(item.probability) }, shrinkage),
    })),
  )
  const test = items
    .filter((item) => !item.dev)
    .map((item) => ({ ...item, probability: probability(item) }))
  return {
    hybrid: rounded(question),
    passage: rounded(passage),
    thresholds,
    errorRates: errorRates(test, thresholds, passage),
  }
}

function toExample(item: CalibrationItem): Example {
  return { signals: item.signals, label: toLabel(item) }
}

function toLabel({ kind }: CalibrationItem): 0 | 1 {
  return kind === 'answerable' ? 1 : 0
}

/** Adds the question's log-odds as a signal of its passages, from the fitted model as in production. */
function withQuestion(signals: Readonly<Record<string, number>>, probability: number) {
  return { ...signals, question: logOdds(probability) }
}

function passageExamples(item: CalibrationItem, probability: number): Example[] {
  return item.ranked.slice(0, SEEN).map(({ id, signals }) => ({
    signals: withQuestion(signals, probability),
    label: (item.grades.get(id) ?? 0) > 0 ? 1 : 0,
  }))
}

type Predicted = CalibrationItem & { readonly probability: number }

/** Cross-validated probability of every dev question, once per repeat. */
function leftOut(dev: readonly CalibrationItem[], names: readonly string[]): Predicted[] {
  const random = createRandom(SEED)
  return Array.from({ length: REPEATS }, () => {
    const folds = dev.map(() => Math.floor(random() * FOLDS))
    return Array.from({ length: FOLDS }, (_, fold) => {
      const others = dev.filter((_, i) => folds[i] !== fold)
      const model = fitLogistic(others.map(toExample), names)
      return dev
        .filter((_, i) => folds[i] === fold)
        .map((item) => ({ ...item, probability: probabilityOf(item.signals, model) }))
    }).flat()
  }).flat()
}

/** A model is overconfident on the questions that it was fitted on; cross-validated log-odds show by how much (Harrell's uniform shrinkage). */
function toShrinkage(judged: readonly Predicted[]): Fitted {
  return fitLogistic(
    judged.map((item) => ({
      signals: { predicted: logOdds(item.probability) },
      label: toLabel(item),
    })),
    ['predicted'],
  )
}

function shrink(
  { bias, weights }: Fitted,
  { bias: shift, weights: { predicted = 1 } }: Fitted,
): Fitted {
  return {
    bias: shift + predicted * bias,
    weights: Object.fromEntries(
      Object.entries(weights).map(([name, weight]) => [name, predicted * weight]),
    ),
  }
}

/**
 * The threshold `partial` is chosen so that both error rates use up the same fraction of their allowance, which keeps either
 * of them from getting close to its limit. It is measured on cross-validated probabilities.
 */
function chooseThresholds(dev: readonly Predicted[]): FittedSide['thresholds'] {
  const of = (kind: Kind) => dev.filter((item) => item.kind === kind)
  const [answerable, offTopic] = [of('answerable'), of('out-of-domain')]
  const cost = (threshold: number) =>
    Math.max(
      (1 - shareAt(answerable, threshold)) / ALLOWANCE.refused,
      shareAt(offTopic, threshold) / ALLOWANCE.answered,
    )
  const costs = [...answerable, ...offTopic]
    .map(({ probability }) => ({ probability, cost: cost(probability) }))
    .sort((a, b) => a.cost - b.cost || a.probability - b.probability)
  const best = costs.filter((entry) => entry.cost === costs[0]?.cost)
  const partial = best[Math.floor(best.length / 2)]?.probability ?? 0.5
  const candidates = [...dev].sort((a, b) => b.probability - a.probability)
  let hits = 0
  let lowest = 1
  candidates.forEach((item, i) => {
    if (item.kind === 'answerable') hits++
    if (hits / (i + 1) >= ANSWERABLE_PRECISION) lowest = item.probability
  })
  return { partial: round(partial), answerable: round(Math.max(partial, lowest)) }
}

function errorRates(
  test: readonly Predicted[],
  thresholds: FittedSide['thresholds'],
  passage: Fitted,
): Record<string, number> {
  const of = (kind: Kind) => test.filter((item) => item.kind === kind)
  const against = (kind: Kind): Judged[] =>
    [...of('answerable'), ...of(kind)].map((item) => ({
      probability: item.probability,
      positive: item.kind === 'answerable',
    }))
  const all = test.map((item) => ({
    probability: item.probability,
    positive: item.kind === 'answerable',
  }))
  const passages = test.flatMap((item) =>
    item.ranked.slice(0, SEEN).map(({ id, signals }) => ({
      probability: probabilityOf(withQuestion(signals, item.probability), passage),
      positive: (item.grades.get(id) ?? 0) > 0,
    })),
  )
  const rates = {
    questions: test.length,
    answerableRefused: 1 - shareAt(of('answerable'), thresholds.partial),
    outOfDomainAnswered: shareAt(of('out-of-domain'), thresholds.partial),
    nearDomainAnswered: shareAt(of('near-domain'), thresholds.partial),
    nearDomainCalledAnswerable: shareAt(of('near-domain'), thresholds.answerable),
    aurocOutOfDomain: auroc(against('out-of-domain')),
    aurocNearDomain: auroc(against('near-domain')),
    calibrationError: expectedCalibrationError(all),
    passageCalibrationError: expectedCalibrationError(passages),
  }
  return Object.fromEntries(Object.entries(rates).map(([name, rate]) => [name, round(rate)]))
}

function rounded({ bias, weights }: Fitted): Fitted {
  const six = (value: number) => Math.round(value * 1e6) / 1e6
  return {
    bias: six(bias),
    weights: Object.fromEntries(
      Object.entries(weights).map(([name, weight]) => [name, six(weight)]),
    ),
  }
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4
}
