/** The questions that went worst, with what was expected and what came instead. */
import type { RetrievalResponse } from '../../src/engine/core/retrieval.ts'
import { firstRelevantRank, OUTCOME_MEASURES, type Outcome } from './outcome.ts'
import type { Question } from './questions.ts'

export type WorstQuestion = Pick<
  Question,
  'id' | 'text' | 'language' | 'style' | 'topic' | 'judgments'
> & {
  readonly half: 'dev' | 'test'
  readonly ndcg: number
  /** Undefined: none among the passages looked at. */
  readonly firstRelevant: number | undefined
  readonly came: readonly CameInstead[]
}

export type CameInstead = {
  readonly id: string
  readonly guide: string
  readonly language: string
  readonly heading: string
  readonly text: string
  /** 0: not judged relevant. */
  readonly grade: number
  /** Undefined: the shipped gate did not return it. */
  readonly score: number | undefined
  readonly cosine: number
  readonly evidence: number
  readonly fused: number
}

const SHOWN = 3

type Asked = Outcome & Question & { readonly answer: RetrievalResponse }

/** By nDCG@10 from below, then by the rank of the first relevant passage from far to near, then by id. */
export function worstQuestions(
  asked: readonly Asked[],
  count: number,
  /** Calibrated passage scores: those of the shipped gate. */
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
      came: question.answer.passages.slice(0, SHOWN).map((passage) => ({
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
