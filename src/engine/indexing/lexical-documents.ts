/** What the lexical index is made from; apart from the build, so that a starting service need not load any parser. */
import { type Guide, guideKey } from '../core/guide.ts'
import { indexedText, type Passage } from '../core/passage.ts'
import { type LanguageProfiles, profileOf } from '../languages/profile.ts'
import { type Analyzer, createAnalyzers } from '../lexical/analyzer.ts'
import type { LexicalDocument } from '../lexical/bm25.ts'

/**
 * A question goes to the passages of its section that hold nearly as much of its words as the one that holds most: with
 * all of them, every part of a long section would be found alike. Chosen on dev questions and on questions left out.
 */
export const ASKED_REACH = 0.3

/** What the lexical index knows of passages: their text, and the questions that they are asked. */
export function lexicalDocuments(
  passages: readonly Passage[],
  guides: readonly Guide[],
  languages: LanguageProfiles<'analysis'>,
): LexicalDocument[] {
  const askedOf = askedQuestions(passages, guides, languages)
  return passages.map((passage) => ({
    id: passage.id,
    language: passage.language,
    text: [indexedText(passage), ...askedOf(passage)].join('\n'),
  }))
}

/** Which of its section's questions a passage is asked; by words alone, so that every machine decides alike. */
export function askedQuestions(
  passages: readonly Passage[],
  guides: readonly Guide[],
  languages: LanguageProfiles<'analysis'>,
  reach = ASKED_REACH,
): (passage: Passage) => readonly string[] {
  const parts = new Map<string, Passage[]>()
  for (const passage of passages) {
    const key = sectionKey(passage.guideId, passage.language, passage.anchor)
    const known = parts.get(key)
    if (known) known.push(passage)
    else parts.set(key, [passage])
  }
  const analyzers = Object.fromEntries(createAnalyzers(languages))
  const asked = new Map<string, readonly string[]>()
  for (const { meta, sections } of guides) {
    for (const section of sections) {
      const inside = parts.get(sectionKey(meta.id, meta.language, section.anchor)) ?? []
      for (const [id, questions] of share(
        section.expectedQuestions,
        inside,
        profileOf(analyzers, meta.language),
        reach,
      ))
        asked.set(id, questions)
    }
  }
  return ({ id }) => asked.get(id) ?? []
}

function sectionKey(id: string, language: string, anchor: string): string {
  return `${guideKey(id, language)}#${anchor}`
}

function share(
  questions: readonly string[],
  passages: readonly Passage[],
  analyzer: Analyzer,
  reach: number,
): [string, readonly string[]][] {
  if (passages.length < 2) return passages.map(({ id }) => [id, questions])
  const terms = passages.map(({ text }) => new Set(analyzer.document(text).terms))
  const given = passages.map((): string[] => [])
  for (const question of questions) {
    const asked = analyzer.question(question)
    const held = terms.map((known) =>
      asked.length === 0 ? 0 : asked.filter((term) => known.has(term)).length / asked.length,
    )
    const most = Math.max(...held)
    // Rounding must not decide.
    held.forEach((part, i) => {
      if (part >= most - reach - 1e-9) given[i]?.push(question)
    })
  }
  return passages.map(({ id }, i) => [id, given[i] ?? []])
}
