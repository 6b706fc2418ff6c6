/** The texts of the lexical index. Kept apart from the build, so that a starting service need not load the Markdown parser. */
import { type Guide, guideKey } from '../core/guide.ts'
import { indexedText, type Passage } from '../core/passage.ts'
import { type LanguageProfiles, profileOf } from '../languages/profile.ts'
import { type Analyzer, createAnalyzers } from '../lexical/analyzer.ts'
import type { LexicalDocument } from '../lexical/bm25.ts'

/**
 * An expected question is indexed with the passages of its section whose share of the question's words is at most this
 * much below the best share. Given to all of them, it would make every part of a long section equally findable. Chosen
 * on the dev half of `eval/questions` (`npm run eval -- --half dev`) and on expected questions held out of the index.
 */
export const EXPECTED_QUESTION_MARGIN = 0.3

/** Each passage's text, followed by its expected questions. */
export function lexicalDocuments(
  passages: readonly Passage[],
  guides: readonly Guide[],
  languages: LanguageProfiles<'analysis'>,
): LexicalDocument[] {
  const questionsOf = expectedQuestionsOf(passages, guides, languages)
  return passages.map((passage) => ({
    id: passage.id,
    language: passage.language,
    text: [indexedText(passage), ...questionsOf(passage)].join('\n'),
  }))
}

/**
 * Distributes each section's expected questions over its passages. Uses words only, so the result is the same on every
 * machine.
 */
export function expectedQuestionsOf(
  passages: readonly Passage[],
  guides: readonly Guide[],
  languages: LanguageProfiles<'analysis'>,
  margin = EXPECTED_QUESTION_MARGIN,
): (passage: Passage) => readonly string[] {
  const bySection = new Map<string, Passage[]>()
  for (const passage of passages) {
    const key = sectionKey(passage.guideId, passage.language, passage.anchor)
    const known = bySection.get(key)
    if (known) known.push(passage)
    else bySection.set(key, [passage])
  }
  const analyzers = Object.fromEntries(createAnalyzers(languages))
  const byPassage = new Map<string, readonly string[]>()
  for (const { meta, sections } of guides) {
    const analyzer = profileOf(analyzers, meta.language)
    for (const { anchor, expectedQuestions } of sections) {
      const inside = bySection.get(sectionKey(meta.id, meta.language, anchor)) ?? []
      for (const [id, questions] of share(expectedQuestions, inside, analyzer, margin))
        byPassage.set(id, questions)
    }
  }
  return ({ id }) => byPassage.get(id) ?? []
}

function sectionKey(id: string, language: string, anchor: string): string {
  return `${guideKey(id, language)}#${anchor}`
}

/** Pairs of a passage id and its questions. */
function share(
  questions: readonly string[],
  passages: readonly Passage[],
  analyzer: Analyzer,
  margin: number,
): [string, readonly string[]][] {
  if (passages.length < 2) return passages.map(({ id }) => [id, questions])
  const termsOf = passages.map(({ text }) => new Set(analyzer.document(text).terms))
  const given = passages.map((): string[] => [])
  for (const question of questions) {
    const terms = analyzer.question(question)
    const shares = termsOf.map((known) =>
      terms.length === 0 ? 0 : terms.filter((term) => known.has(term)).length / terms.length,
    )
    const best = Math.max(...shares)
    shares.forEach((one, i) => {
      // 1e-9 keeps rounding from deciding.
      if (one >= best - margin - 1e-9) given[i]?.push(question)
    })
  }
  return passages.map(({ id }, i) => [id, given[i] ?? []])
}
