/** The result of one judged question, and the measures over it. */
import {
  averagePrecision,
  type Judgments,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRankAt,
  successAt,
} from './measures.ts'
import type { Question } from './questions.ts'

export type Outcome = Pick<Question, 'id' | 'language' | 'style' | 'topic' | 'kind'> & {
  readonly dev: boolean
  /** Grades by passage id, only of passages that could be returned. */
  readonly grades: Judgments
  /** Ids of the guides that contain a full answer. */
  readonly goodGuides: ReadonlySet<string>
  /** Best first. */
  readonly ranked: readonly { readonly id: string; readonly guideId: string }[]
}

type OutcomeMeasure = (outcome: Outcome) => number

const over =
  (measure: (ranked: readonly string[], judgments: Judgments) => number): OutcomeMeasure =>
  ({ ranked, grades }) =>
    measure(
      ranked.map(({ id }) => id),
      grades,
    )

/** Values from 0 to 1 of one answerable question. */
export const OUTCOME_MEASURES = {
  'Success@1': over((ranked, judgments) => successAt(ranked, judgments, 1)),
  'Success@3': over((ranked, judgments) => successAt(ranked, judgments, 3)),
  'Success@5': over((ranked, judgments) => successAt(ranked, judgments, 5)),
  'nDCG@10': over((ranked, judgments) => ndcgAt(ranked, judgments, 10)),
  'MRR@10': over((ranked, judgments) => reciprocalRankAt(ranked, judgments, 10)),
  'Recall@5': over((ranked, judgments) => recallAt(ranked, judgments, 5)),
  'Recall@10': over((ranked, judgments) => recallAt(ranked, judgments, 10)),
  'P@5': over((ranked, judgments) => precisionAt(ranked, judgments, 5)),
  MAP: over(averagePrecision),
  'guide first': ({ ranked, goodGuides }) => (goodGuides.has(ranked[0]?.guideId ?? '') ? 1 : 0),
} satisfies Record<string, OutcomeMeasure>

export type MeasureName = keyof typeof OUTCOME_MEASURES

// Object.keys of a literal gives its own keys.
export const MEASURE_NAMES = Object.keys(OUTCOME_MEASURES) as MeasureName[]

/** One value for each answerable question, by its id. */
export function valuesOf(outcomes: readonly Outcome[], name: MeasureName): Map<string, number> {
  return new Map(
    outcomes
      .filter((outcome) => outcome.kind === 'answerable')
      .map((outcome) => [outcome.id, OUTCOME_MEASURES[name](outcome)]),
  )
}

/** Rank from 1 of the first relevant passage; undefined when none was returned. */
export function firstRelevantRank({ ranked, grades }: Outcome): number | undefined {
  const at = ranked.findIndex(({ id }) => (grades.get(id) ?? 0) > 0)
  return at === -1 ? undefined : at + 1
}
