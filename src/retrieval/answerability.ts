/** Whether the corpus holds an answer: a small logistic model over signals of the ranking, one probability out. */
import type { Answerability } from '../core/retrieval.ts'
import type { Candidate } from './fusion.ts'

export const SIGNAL_NAMES = ['cosine', 'lift', 'coverage'] as const
/** `cosine`: the best one; `lift`: it less the question's mean over the corpus; `coverage`: best idf-weighted share of terms. */
export type Signals = Readonly<Record<(typeof SIGNAL_NAMES)[number], number>>

/** Passages whose signals count: an answer further down is not one that the caller sees first. */
const LOOKED_AT = 5

export function toSignals(ranked: readonly Candidate[], meanCosine: number): Signals {
  const top = ranked.slice(0, LOOKED_AT)
  const best = (pick: (candidate: Candidate) => number) =>
    top.reduce((highest, candidate) => Math.max(highest, pick(candidate)), 0)
  const cosine = best((candidate) => candidate.cosine)
  return { cosine, lift: cosine - meanCosine, coverage: best((candidate) => candidate.coverage) }
}

export type LogisticModel = {
  readonly bias: number
  readonly weights: Readonly<Record<string, number>>
}

export type AnswerabilityModel = {
  readonly hybrid: LogisticModel
  /** Without the embedding model there is no cosine: coverage alone decides, and asks for more of it. */
  readonly lexical: LogisticModel
  /** At or above: answerable. Below `partial`: not in the corpus. Between: partial. */
  readonly thresholds: { readonly answerable: number; readonly partial: number }
}

/** Set by eye on the three first guides, until the evaluation set calibrates it. */
export const DEFAULT_ANSWERABILITY: AnswerabilityModel = {
  hybrid: { bias: -37.05, weights: { cosine: 40, lift: 60, coverage: 2.5 } },
  lexical: { bias: -3, weights: { coverage: 8 } },
  thresholds: { answerable: 0.5, partial: 0.22 },
}

export function probabilityOf(signals: Signals, model: LogisticModel): number {
  let sum = model.bias
  for (const name of SIGNAL_NAMES) sum += (model.weights[name] ?? 0) * signals[name]
  return 1 / (1 + Math.exp(-sum))
}

/** `partial`: the corpus speaks of the subject, but may not answer this question. */
export function toAnswerability(
  probability: number,
  thresholds: AnswerabilityModel['thresholds'],
): Answerability {
  const verdict =
    probability >= thresholds.answerable
      ? 'answerable'
      : probability >= thresholds.partial
        ? 'partial'
        : 'not_in_corpus'
  return { verdict, probability: roundTo(probability, 3), reason: REASONS[verdict] }
}

const REASONS: Record<Answerability['verdict'], string> = {
  answerable: 'The passages cover the question.',
  partial:
    'The guides speak of this subject but may not answer the whole question: check the passages against it.',
  not_in_corpus: 'No passage of the guides comes near the question.',
}

export function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits
  return Math.round(value * factor) / factor
}
