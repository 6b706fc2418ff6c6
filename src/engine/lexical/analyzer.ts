/**
 * Turns text into terms, per language. Words are folded and stemmed, and stop words are dropped; codes and phone
 * numbers also become one joined term each, and aliases become concepts.
 */
import { fold } from '../core/fold.ts'
import type { Language } from '../core/language.ts'
import type { AliasTable, LanguageProfiles } from '../languages/profile.ts'
import { findAllConcepts, findLongestPhrases, toPhraseTree } from './phrases.ts'
import { toWords } from './words.ts'

/** Part of the index fingerprint: raise it when the same text would give different terms. */
export const ANALYZER_VERSION = 2

export type Analyzer = {
  /** Terms of a text to be indexed, with repetitions; `length` counts words only, as BM25's document length. */
  document(text: string): { terms: string[]; length: number }
  /** Distinct terms of a question. An alias phrase yields only its concept; a code yields its joined form and its parts. */
  question(text: string): string[]
}

export type Analyzers = ReadonlyMap<Language, Analyzer>

/**
 * One analyzer per profile, in their order. The stop words and aliases of all languages apply in each of them, since a
 * question may mix languages.
 */
export function createAnalyzers(languages: LanguageProfiles<'analysis'>): Analyzers {
  const stopWords = toStopWords(languages)
  const aliases = mergeAliases(languages)
  return new Map(
    Object.entries(languages).map(([language, { analysis }]) => [
      language,
      createAnalyzer({ stem: analysis.stem, stopWords, aliases }),
    ]),
  )
}

/** Folded stop words of all languages. */
export function toStopWords(languages: LanguageProfiles<'analysis'>): ReadonlySet<string> {
  return new Set(
    Object.values(languages).flatMap(({ analysis }) => analysis.stopWords.flatMap(toWords)),
  )
}

/** The phrases of all languages by concept, each once, in the order of the profiles. */
export function mergeAliases(languages: LanguageProfiles<'analysis'>): AliasTable {
  const merged = new Map<string, Set<string>>()
  for (const { analysis } of Object.values(languages)) {
    for (const [concept, phrases] of Object.entries(analysis.aliases)) {
      merged.set(concept, new Set([...(merged.get(concept) ?? []), ...phrases]))
    }
  }
  return Object.fromEntries([...merged].map(([concept, phrases]) => [concept, [...phrases]]))
}

/** Letters and digits joined by hyphens, dots or slashes, with a digit in them: IMSS-02-008, 9210-003-201. */
const CODE = /[a-z0-9]+(?:[-./][a-z0-9]+)+/g
/** Groups of digits with spaces, hyphens or dots between: 800 623 2323. */
const DIGIT_GROUPS = /\d{2,}(?:[ .-]\d{2,})+/g
/** Digits of the shortest number that is taken for a phone number. */
const SHORTEST_PHONE = 7

/** Prefix of a concept's term; no word can contain it. */
const CONCEPT = '~'

/** Stems cached per analyzer: far more than the corpus has words, but a bound on what questions can add. */
const MAX_CACHED_STEMS = 50_000

type AnalyzerParts = {
  /** Takes and returns a folded word. */
  readonly stem: (word: string) => string
  readonly stopWords: ReadonlySet<string>
  readonly aliases: AliasTable
}

function createAnalyzer({ stem, stopWords, aliases }: AnalyzerParts): Analyzer {
  const phrases = toPhraseTree(aliases)
  const stems = new Map<string, string>()
  const toStem = (word: string): string => {
    if (/\d/.test(word)) return word
    const known = stems.get(word)
    if (known !== undefined) return known
    const made = stem(word)
    if (stems.size < MAX_CACHED_STEMS) stems.set(word, made)
    return made
  }

  return {
    document(text) {
      const words = toWords(text)
      const kept = words.filter((word) => !stopWords.has(word))
      const concepts = findAllConcepts(words, phrases).map((concept) => CONCEPT + concept)
      return { terms: [...kept.map(toStem), ...concepts, ...codesOf(text)], length: kept.length }
    },
    question(text) {
      const words = toWords(text)
      const matches = findLongestPhrases(words, phrases)
      const covered = new Set<number>()
      for (const match of matches) {
        for (let i = match.start; i < match.end; i++) covered.add(i)
      }
      const rest = words.filter((word, i) => !covered.has(i) && !stopWords.has(word))
      const concepts = matches.map((match) => CONCEPT + match.concept)
      return [...new Set([...rest.map(toStem), ...concepts, ...codesOf(text)])]
    },
  }
}

/** Whether a term is the joined form of a code in the text. If no guide has the joined form, it adds nothing to its parts. */
export function isJoinedCode(term: string, text: string): boolean {
  return codesOf(text).includes(term)
}

function codesOf(text: string): string[] {
  const folded = fold(text)
  const codes: string[] = []
  for (const [match] of folded.matchAll(CODE)) {
    if (/\d/.test(match)) codes.push(match.replace(/[-./]/g, ''))
  }
  for (const [match] of folded.matchAll(DIGIT_GROUPS)) {
    const digits = match.replace(/\D/g, '')
    if (digits.length >= SHORTEST_PHONE) codes.push(digits)
  }
  return [...new Set(codes)]
}
