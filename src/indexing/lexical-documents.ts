/** What the lexical index is made from; apart from the build, so that a starting service need not load any parser. */
import { type Guide, guideKey } from '../core/guide.ts'
import { indexedText, type Passage } from '../core/passage.ts'
import type { LexicalDocument } from '../lexical/bm25.ts'

/** What the lexical index knows of passages: their text, and the questions that their section is asked. */
export function lexicalDocuments(
  passages: readonly Passage[],
  guides: readonly Guide[],
): LexicalDocument[] {
  const askedOf = askedQuestions(guides)
  return passages.map((passage) => ({
    id: passage.id,
    language: passage.language,
    text: [indexedText(passage), ...askedOf(passage)].join('\n'),
  }))
}

/** The questions that a passage's section is asked. */
export function askedQuestions(guides: readonly Guide[]): (passage: Passage) => readonly string[] {
  const key = (id: string, language: string, anchor: string) =>
    `${guideKey(id, language)}#${anchor}`
  const asked = new Map(
    guides.flatMap(({ meta, sections }) =>
      sections.map(
        (section) => [key(meta.id, meta.language, section.anchor), section.asked] as const,
      ),
    ),
  )
  return ({ guideId, language, anchor }) => asked.get(key(guideId, language, anchor)) ?? []
}
