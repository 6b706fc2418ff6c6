/** Names and numbers of a question: a passage that lacks them is unlikely to answer it, however similar it is otherwise. */
import { fold } from '../core/fold.ts'
import type { Passage } from '../core/passage.ts'

const WORD = /[\p{L}\p{N}]+(?:[-./][\p{L}\p{N}]+)*/gu

/**
 * Words with a digit, and capitalised words; of those that begin a sentence, only the ones with a second capital
 * (IMSS). Folded, each once.
 */
export function entitiesOf(question: string): string[] {
  const found = new Set<string>()
  for (const { 0: word, index } of question.matchAll(WORD)) {
    const begins = /(?:^|[.?!¿¡:]\s*)$/u.test(question.slice(0, index).trimEnd())
    const isName =
      /\p{Lu}/u.test(word) && (!begins || /\p{Lu}.*\p{Lu}/u.test(word)) && word.length > 1
    if (/\p{N}/u.test(word) || isName) found.add(fold(word))
  }
  return [...found]
}

/** Share of the entities that at least one of the passages contains; 1 when there are none. */
export function heldEntities(
  entities: readonly string[],
  passages: readonly Pick<Passage, 'context' | 'text'>[],
): number {
  if (entities.length === 0) return 1
  const words = new Set(
    passages.flatMap(({ context, text }) => fold(`${context} ${text}`).match(WORD) ?? []),
  )
  return entities.filter((entity) => words.has(entity)).length / entities.length
}
