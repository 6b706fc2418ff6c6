/** The worst-ranked questions, with the expected passages and those returned instead. */
import type { RetrievalResponse } from '../../src/engine/core/retrieval.ts'
import { firstRelevantRank, OUTCOME_MEASURES, type Outcome } from './outcome.ts'
import type { Question } from './questions.ts'

export type WorstQuestion = Pick<
  Question,
  'id' | 'text' | 'language' | 'style' | 'topic' | 'judgments'
> & {
  readonly half: 'dev' | 'test'
  readonly ndcg: number
  /** Rank from 1; undefined when no relevant passage was returned. */
  readonly firstRelevant: number | undefined
  readonly returned: readonly ReturnedPassage[]
}

export type ReturnedPassage = {
  readonly id: string
  readonly guide: string
  readonly language: string
  readonly heading: string
  readonly text: string
  /** 0: not judged relevant. */
  readonly grade: number
  /** Undefined: with abstention as shipped the passage is not returned. */
  readonly score: number | undefined
  readonly cosine: number
  readonly evidence: number
  readonly fused: number
}

const SHOWN = 3

type AskedOutcome = Outcome & Question & { readonly answer: RetrievalResponse }

/** Lowest nDCG@10 first, then the lowest-ranked first relevant passage, then by id. */
export function worstQuestions(
  asked: readonly AskedOutcome[],
  count: number,
  /** Calibrated score of a passage for a question, by their ids. */
  scoreOf: (question: string, passage: string) => number | undefined,
): WorstQuestion[] {
  return asked
    .filter((question) => question.kind === 'answerable')
    .map((question) => ({
      question,
      ndcg: OUTCOME_MEASURES['nDCG@10'](question),
      firstRelevant: firstRelevantRank(question),
    }))
    .sort(
      (a, b) =>
        a.ndcg - b.ndcg ||
        (b.firstRelevant ?? Number.MAX_SAFE_INTEGER) -
          (a.firstRelevant ?? Number.MAX_SAFE_INTEGER) ||
        (a.question.id < b.question.id ? -1 : 1),
    )
    .slice(0, count)
    .map(({ question, ndcg, firstRelevant }) => ({
      id: question.id,
      text: question.text,
      language: question.language,
      style: question.style,
      topic: question.topic,
      judgments: question.judgments,
      half: question.dev ? 'dev' : 'test',
      ndcg,
      firstRelevant,
      returned: question.answer.passages.slice(0, SHOWN).map((passage) => ({
        id: passage.id,
        guide: passage.guide.title,
        language: passage.language,
        heading: passage.headingPath.join(' > '),
        text: passage.text,
        grade: question.grades.get(passage.id) ?? 0,
        score: scoreOf(question.id, passage.id),
        cosine: passage.explain?.cosine ?? 0,
        evidence: passage.explain?.evidence ?? 0,
        fused: passage.explain?.fused ?? 0,
      })),
    }))
}
