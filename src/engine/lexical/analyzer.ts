/** Text to terms, per language: folded, stopped, stemmed; codes and phone numbers also as one term; aliases as concepts. */
import { stemmer as stemEnglish } from '@orama/stemmers/english'
import { stemmer as stemSpanish } from '@orama/stemmers/spanish'
import type { Language } from '../core/language.ts'
import { ALIASES, type AliasTable } from './aliases.ts'
import { fold } from './fold.ts'
import { STOP_WORDS } from './stop-words.ts'

/** Part of the index fingerprint: raise it when the same text would give other terms. */
export const ANALYZER_VERSION = 2

export type Analyzer = {
  /** Terms of a text to be indexed, with repetitions; `length` counts words only, as BM25's document length. */
  document(text: string): { terms: string[]; length: number }
  /** Distinct terms of a question. An alias phrase gives its concept alone, a code its joined form beside its parts. */
  question(text: string): string[]
}

const WORD = /[a-z0-9]+/g
/** Letters and digits joined by hyphens, dots or slashes, with a digit in them: IMSS-02-008, 9210-003-201. */
const CODE = /[a-z0-9]+(?:[-./][a-z0-9]+)+/g
/** Groups of digits with spaces, hyphens or dots between: 800 623 2323. */
const DIGIT_GROUPS = /\d{2,}(?:[ .-]\d{2,})+/g
const SHORTEST_PHONE = 7

/** Concept terms carry a sign that no word can have. */
const CONCEPT = '~'

export function createAnalyzer(language: Language, aliases: AliasTable = ALIASES): Analyzer {
  const stem = language === 'es' ? stemFoldedSpanish : (word: string) => fold(stemEnglish(word))
  const phrases = toPhraseTree(aliases)
  const stems = new Map<string, string>()
  const toStem = (word: string): string => {
    if (/\d/.test(word)) return word
    const known = stems.get(word)
    if (known !== undefined) return known
    const made = stem(word)
    if (stems.size < 50_000) stems.set(word, made)
    return made
  }

  return {
    document(text) {
      const folded = fold(text)
      const words = folded.match(WORD) ?? []
      const kept = words.filter((word) => !STOP_WORDS.has(word))
      const concepts = findAllPhrases(words, phrases).map((concept) => CONCEPT + concept)
      return { terms: [...kept.map(toStem), ...concepts, ...codesOf(folded)], length: kept.length }
    },
    question(text) {
      const folded = fold(text)
      const words = folded.match(WORD) ?? []
      const matches = findPhrases(words, phrases)
      const covered = new Set<number>()
      for (const match of matches) {
        for (let i = match.start; i < match.end; i++) covered.add(i)
      }
      const rest = words.filter((word, i) => !covered.has(i) && !STOP_WORDS.has(word))
      const concepts = matches.map((match) => CONCEPT + match.concept)
      return [...new Set([...rest.map(toStem), ...concepts, ...codesOf(folded)])]
    },
  }
}

/** Terms that only exist as the joined form of other terms; unknown ones say nothing about a question. */
export function isJoinedCode(term: string, text: string): boolean {
  return codesOf(fold(text)).includes(term)
}

function codesOf(folded: string): string[] {
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

/** Snowball's Spanish suffixes carry accents; folded words get the systematic ones back before they are stemmed. */
function stemFoldedSpanish(word: string): string {
  return fold(stemSpanish(word.replace(/([cstx])ion$/, '$1ión').replace(/logia$/, 'logía')))
}

type PhraseTree = { concept?: string; readonly next: Map<string, PhraseTree> }

function toPhraseTree(aliases: AliasTable): PhraseTree {
  const root: PhraseTree = { next: new Map() }
  for (const [concept, phrases] of Object.entries(aliases)) {
    for (const phrase of phrases) {
      let node = root
      for (const word of fold(phrase).split(' ')) {
        const child = node.next.get(word) ?? { next: new Map() }
        node.next.set(word, child)
        node = child
      }
      node.concept = concept
    }
  }
  return root
}

type PhraseMatch = { readonly concept: string; readonly start: number; readonly end: number }

/** Every concept that is named anywhere, also inside a longer phrase: `family clinic` is a UMF and a clinic. */
function findAllPhrases(words: readonly string[], root: PhraseTree): string[] {
  const concepts: string[] = []
  // `phone number` names the phone once, not twice.
  const namedUntil = new Map<string, number>()
  for (let start = 0; start < words.length; start++) {
    let node: PhraseTree | undefined = root
    for (let i = start; i < words.length && node; i++) {
      node = node.next.get(words[i] ?? '')
      const concept = node?.concept
      if (concept === undefined) continue
      if ((namedUntil.get(concept) ?? 0) <= start) concepts.push(concept)
      namedUntil.set(concept, i + 1)
    }
  }
  return concepts
}

/** Longest matches from left to right. */
function findPhrases(words: readonly string[], root: PhraseTree): PhraseMatch[] {
  const matches: PhraseMatch[] = []
  for (let start = 0; start < words.length; ) {
    let node: PhraseTree | undefined = root
    let best: PhraseMatch | undefined
    for (let i = start; i < words.length && node; i++) {
      node = node.next.get(words[i] ?? '')
      if (node?.concept !== undefined) best = { concept: node.concept, start, end: i + 1 }
    }
    if (best) matches.push(best)
    start = best ? best.end : start + 1
  }
  return matches
}
