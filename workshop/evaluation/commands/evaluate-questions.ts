/** Asks the service's own retriever every question and judges what comes: the gate left open, so that the ranking shows, or as shipped. */
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

/** Deep enough for every measure that is reported. */
export const DEPTH = 20
const DEEP = { limit: DEPTH, maxTokens: 8000 }

export type AskedQuestion = Question & {
  readonly dev: boolean
  readonly detected: string
  /** Passage id to grade, of the passages that could be returned. */
  readonly grades: Judgments
  /** Guides that hold a full answer, the topic's own included. */
  readonly goodGuides: ReadonlySet<string>
  readonly ranked: readonly AskedPassage[]
  readonly signals: Readonly<Record<string, number>>
  readonly probability: number
  /** What the caller got. */
  readonly answer: RetrievalResponse
}

export type AskedPassage = {
  readonly id: string
  readonly guideId: string
  readonly score: number
  readonly signals: Readonly<Record<string, number>>
}

export type Asking = {
  readonly onProgress?: (done: number, total: number) => void
  /** What callers get who ask for nothing special, instead of as many passages as the measures look at. */
  readonly defaults?: boolean
}

/** For the ranking alone `service` has an open gate, see `OPEN_GATE`. */
export async function askQuestions(
  service: SearchableIndex,
  questions: readonly Question[],
  { onProgress, defaults = false }: Asking = {},
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
 * Of a section in both languages only one is returned, and the other's judgments cannot be earned: the question's own
 * language counts, for a mixed question the one that was returned, or else English.
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
      `question ${question.id} is judged only by passages in the other language, and its guides are in ${question.language}: judge those too`,
    )
  }
  return kept
}
