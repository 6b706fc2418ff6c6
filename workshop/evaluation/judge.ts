/** Turns judgments of quotes into judgments of passages, so that they stay valid however guides are chunked. */
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { guideKey } from '../../src/engine/core/guide.ts'
import { overlapLength, type Span } from '../../src/engine/core/span.ts'
import type { Judgments } from './measures.ts'
import type { Question } from './questions.ts'

/** A passage is relevant if it contains at least this share of the quote. */
const ENOUGH_OF_QUOTE = 0.5

export type JudgedPassage = Span & {
  readonly id: string
  readonly guideId: string
  readonly language: string
}

/** Passage id to grade. Throws `evaluation_invalid` for a quote that is not in its guide, or that no passage covers. */
export function judgePassages(
  question: Question,
  texts: ReadonlyMap<string, string>,
  passages: readonly JudgedPassage[],
): Judgments {
  const grades = new Map<string, number>()
  for (const { guide, language, quote, grade } of question.judgments) {
    const key = guideKey(guide, language)
    const start = texts.get(key)?.indexOf(quote) ?? -1
    if (start === -1) {
      throw fault(
        `question ${question.id}: guide ${key} does not contain "${quote}": the text has changed, update the judgment`,
      )
    }
    const span = { start, end: start + quote.length }
    const holding = passages.filter(
      (passage) =>
        passage.guideId === guide &&
        passage.language === language &&
        overlapLength(passage, span) >= quote.length * ENOUGH_OF_QUOTE,
    )
    if (holding.length === 0)
      throw fault(`question ${question.id}: no passage of ${key} contains "${quote}"`)
    for (const { id } of holding) grades.set(id, Math.max(grade, grades.get(id) ?? 0))
  }
  return grades
}

function fault(message: string): RetrievalError {
  return new RetrievalError('evaluation_invalid', message)
}
