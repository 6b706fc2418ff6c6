/** Runs every question through the service's own retriever and judges the passages that it returns. */
import { RetrievalError } from '../../../src/engine/core/errors.ts'
import { guideKey } from '../../../src/engine/core/guide.ts'
import { topicKey } from '../../../src/engine/core/passage.ts'
import {
  type RetrievalResponse,
  retrievalRequestSchema,
} from '../../../src/engine/core/retrieval.ts'
import type { SearchableIndex } from '../../../src/start/index-parts.ts'
import { judgePassages } from '../judge.ts'
import type { Judgments } from '../measures.ts'
import type { Question } from '../questions.ts'
import { isDev } from '../split.ts'

/** Passages retrieved per question: enough for every measure that is reported. */
export const DEPTH = 20
const DEEP = { limit: DEPTH, maxTokens: 8000 }

export type AskedQuestion = Question & {
  readonly dev: boolean
  readonly detected: string
  /** Grades by passage id, only of passages that could be returned. */
  readonly grades: Judgments
  /** Guides that hold a full answer, the topic's own included. */
  readonly goodGuides: ReadonlySet<string>
  readonly ranked: readonly AskedPassage[]
  readonly signals: Readonly<Record<string, number>>
  readonly probability: number
  /** The response as a caller gets it. */
  readonly answer: RetrievalResponse
}

export type AskedPassage = {
  readonly id: string
  readonly guideId: string
  readonly score: number
  readonly signals: Readonly<Record<string, number>>
}

export type AskOptions = {
  readonly onProgress?: (done: number, total: number) => void
  /** Use the default request of a caller instead of asking for `DEPTH` passages. */
  readonly defaults?: boolean
}

/** To measure only the ranking, create `service` with the calibration `OPEN_GATE`, with which it never abstains. */
export async function askQuestions(
  service: SearchableIndex,
  questions: readonly Question[],
  { onProgress, defaults = false }: AskOptions = {},
): Promise<AskedQuestion[]> {
  const { passages, guides } = service.snapshot
  const texts = new Map(
    guides.map((guide) => [guideKey(guide.meta.id, guide.meta.language), guide.text]),
  )
  const asked: AskedQuestion[] = []
  for (const question of questions) {
    const request = {
      query: question.text,
      explain: true,
      quickScan: false,
      ...(defaults ? {} : DEEP),
    }
    const answer = await service.retriever.retrieve(retrievalRequestSchema.parse(request))
    const all = judgePassages(question, texts, passages)
    asked.push({
      ...question,
      dev: await isDev(question.id),
      detected: answer.language,
      grades: returnable(all, question, answer, service),
      goodGuides: new Set([
        question.topic,
        ...question.judgments
          .filter((judgment) => judgment.grade === 2)
          .map((judgment) => judgment.guide),
      ]),
      ranked: answer.passages.map((passage) => ({
        id: passage.id,
        guideId: passage.guide.id,
        score: passage.score,
        signals: passage.explain?.signals ?? {},
      })),
      signals: answer.explain?.signals ?? {},
      probability: answer.answerability.probability,
      answer,
    })
    onProgress?.(asked.length, questions.length)
  }
  return asked
}

/**
 * Keeps the judgments that the service could satisfy. A section that exists in both languages is returned in only one of
 * them, so only judgments in one language count: that of the question or, for a mixed question, the one that was returned
 * (English if neither was).
 */
function returnable(
  all: Judgments,
  question: Question,
  answer: RetrievalResponse,
  service: SearchableIndex,
): Judgments {
  const byId = new Map(service.snapshot.passages.map((passage) => [passage.id, passage]))
  const returned = new Map<string, string>()
  for (const { id } of answer.passages) {
    const passage = byId.get(id)
    if (passage) returned.set(topicKey(passage), passage.language)
  }
  const kept = new Map<string, number>()
  for (const [id, grade] of all) {
    const passage = byId.get(id)
    if (!passage) continue
    const wanted =
      question.language === 'mixed' ? (returned.get(topicKey(passage)) ?? 'en') : question.language
    const languages: readonly string[] = service.library.languagesOf(passage.guideId)
    if (passage.language === wanted || !languages.includes(wanted)) kept.set(id, grade)
  }
  if (question.kind === 'answerable' && kept.size === 0) {
    throw new RetrievalError(
      'evaluation_invalid',
      `question ${question.id} has judgments only in the other language, but its guides also exist in ${question.language}: judge passages of those`,
    )
  }
  return kept
}
