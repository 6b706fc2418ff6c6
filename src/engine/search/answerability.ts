/**
 * Whether the corpus answers the question: the probability that a small logistic model computes from signals of the
 * ranking.
 */
import { type Calibration, type LogisticModel, logOdds, OPEN_GATE } from '../core/calibration.ts'
import type { QuestionLanguage } from '../core/language.ts'
import type { Answerability } from '../core/retrieval.ts'
import { heldEntities } from './entities.ts'
import type { Candidate } from './fusion.ts'

export const SIGNAL_NAMES = [
  'cosine',
  'lift',
  'second',
  'gap',
  'coverage',
  'evidence',
  'agreement',
  'foreign',
  'length',
  'known',
  'entities',
] as const

/**
 * "First passages" are the first five.
 * - `cosine`: the best of the first passages; `second`: the second best
 * - `lift`: the best, among the first passages, of the cosine minus the question's mean cosine with the passage's language
 * - `gap`: the best fused score minus the tenth
 * - `coverage`: best idf-weighted share of the question's terms in one of the first passages; `evidence`: best lexical evidence
 * - `agreement`: 1 / lexical rank of the first passage: 1 when words and vectors agree on it
 * - `foreign`: 1 when the first passage is not in the question's language
 * - `length`: logarithm of 1 + the number of terms
 * - `known`: idf-weighted share of the question's terms that any text contains
 * - `entities`: share of the question's names and numbers that the first passages contain
 */
export type Signals = Readonly<Record<(typeof SIGNAL_NAMES)[number], number>>

/**
 * Both shape the signals, so after a change the models must be fitted again (`npm run fit:answerability`). Five is the
 * default limit of an answer.
 */
const FIRST_PASSAGES = 5
const GAP_RANK = 10

export type SignalInput = {
  readonly ranked: readonly Candidate[]
  readonly language: QuestionLanguage
  /** Content terms of the question. */
  readonly terms: number
  /** Idf-weighted share of the question's terms that any text contains. */
  readonly known: number
  /** Names and numbers of the question. */
  readonly entities: readonly string[]
}

export function toSignals(input: SignalInput): Signals {
  const { ranked, language, terms } = input
  const top = ranked.slice(0, FIRST_PASSAGES)
  const best = (pick: (candidate: Candidate) => number) =>
    top.reduce((highest, candidate) => Math.max(highest, pick(candidate)), 0)
  const cosines = top.map((candidate) => candidate.cosine).sort((a, b) => b - a)
  const cosine = cosines[0] ?? 0
  const first = ranked[0]
  return {
    cosine,
    lift: best((candidate) => candidate.lift),
    second: cosines[1] ?? 0,
    gap: (first?.fused ?? 0) - (ranked[GAP_RANK - 1]?.fused ?? 0),
    coverage: best((candidate) => candidate.coverage),
    evidence: best((candidate) => candidate.evidence),
    agreement: first?.lexicalRank ? 1 / first.lexicalRank : 0,
    foreign:
      first && language !== 'mixed' && language !== 'unknown' && first.passage.language !== language
        ? 1
        : 0,
    length: Math.log(1 + terms),
    known: input.known,
    entities: heldEntities(
      input.entities,
      top.map((candidate) => candidate.passage),
    ),
  }
}

/** Probabilities: at or above `answerable` the verdict is answerable, below `partial` it is not_in_corpus, between them partial. */
export type Thresholds = Calibration['thresholds']['hybrid']

/** For an index without a calibration: rough values, not fitted. `npm run fit:answerability` replaces them. */
const UNCALIBRATED: LogisticModel = {
  bias: -37.05,
  weights: { cosine: 40, lift: 60, coverage: 2.5 },
}
const UNCALIBRATED_LEXICAL: LogisticModel = { bias: -3, weights: { coverage: 8 } }
const UNCALIBRATED_THRESHOLDS: Thresholds = { answerable: 0.5, partial: 0.22 }

export const DEFAULT_CALIBRATION: Calibration = {
  ...OPEN_GATE,
  hybrid: UNCALIBRATED,
  lexical: UNCALIBRATED_LEXICAL,
  passage: { hybrid: UNCALIBRATED, lexical: UNCALIBRATED_LEXICAL },
  thresholds: { hybrid: UNCALIBRATED_THRESHOLDS, lexical: UNCALIBRATED_THRESHOLDS },
}

/** `partial`: the guides are about the subject but may not answer this question. */
export function toAnswerability(probability: number, thresholds: Thresholds): Answerability {
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
  not_in_corpus:
    'No passage of the guides answers the question. They are written in English and Spanish: a question in another language is best asked again in one of them.',
}

export function roundTo(value: number, digits: number): number {
  const factor = 10 ** digits
  return Math.round(value * factor) / factor
}

/** The signals from which one passage's own probability of answering is computed. */
export const PASSAGE_SIGNAL_NAMES = [
  'cosine',
  'lift',
  'behind',
  'coverage',
  'evidence',
  'question',
] as const

/** `behind`: the best fused score minus this one's; `question`: log-odds that the corpus answers the question at all. */
export function toPassageSignals(
  candidate: Candidate,
  best: number,
  probability: number,
): Readonly<Record<(typeof PASSAGE_SIGNAL_NAMES)[number], number>> {
  return {
    cosine: candidate.cosine,
    lift: candidate.lift,
    behind: best - candidate.fused,
    coverage: candidate.coverage,
    evidence: candidate.evidence,
    question: logOdds(probability),
  }
}
