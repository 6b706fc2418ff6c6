/**
 * Detects which of the given languages a question is in: by everyday words, and by letters and word shapes that only
 * one of the languages has.
 */
import { fold } from '../core/fold.ts'
import type { Language, QuestionLanguage } from '../core/language.ts'
import { PROPER_NAMES } from '../languages/names.ts'
import type { DetectionRules, LanguageProfiles } from '../languages/profile.ts'

export type DetectLanguage = (text: string) => QuestionLanguage

/** Probably random keystrokes: no vowel, q without u, or five consonants in a row. */
const NO_WORD = /^[^aeiouy]+$|q(?!u)|[^aeiouy]{5}/
/** The shape of shorter words tells nothing. */
const SHORTEST_SHAPED_WORD = 5

const WORD_WEIGHT = 1
/** For letters, and for punctuation marks, that only one of the languages has. */
const LETTER_WEIGHT = 0.5
const PUNCTUATION_WEIGHT = 1
/** An ending, a spelling or a borrowed word is weaker evidence than a word. */
const WEAK_WEIGHT = 0.4
const VAGUE_ENDING_WEIGHT = 0.3
/**
 * A question is mixed when a second language has at least this much strong evidence, and at least this share of the
 * first language's total.
 */
const MIXED_EVIDENCE = 0.9
const MIXED_SHARE = 0.2

/** The evidence for one language: `strong` from words, letters and punctuation, `weak` from borrowed words and word shapes. */
type Evidence = {
  readonly language: Language
  readonly rules: DetectionRules
  readonly words: ReadonlySet<string>
  readonly borrowed: ReadonlySet<string>
  strong: number
  weak: number
}

export function createLanguageDetector(languages: LanguageProfiles<'detection'>): DetectLanguage {
  const profiles = Object.entries(languages)
  const shared = new Set(profiles.flatMap(([, { detection }]) => detection.sharedWords.map(fold)))
  const known = profiles.map(([language, { detection }]) => ({
    language,
    rules: detection,
    words: new Set(
      detection.words.flatMap(toLetterWords).filter((word) => isTelling(word, shared)),
    ),
    borrowed: new Set(detection.borrowedWords.map(fold)),
  }))

  return (text) => {
    const sides = known.map((side): Evidence => ({ ...side, strong: 0, weak: 0 }))
    const raws = text.split(/[^\p{L}\p{M}]+/u).filter((raw) => raw !== '')
    const words = raws.map(fold)
    for (const [i, word] of words.entries()) {
      const lettered = onlyOf(sides, ({ rules }) => rules.letters?.test(raws[i] ?? ''))
      if (lettered) lettered.strong += LETTER_WEIGHT
      if (!PROPER_NAMES.has(word)) weighWord(words, i, sides, shared)
    }
    const punctuated = onlyOf(sides, ({ rules }) => rules.punctuation?.test(text))
    if (punctuated) punctuated.strong += PUNCTUATION_WEIGHT
    return decide(sides)
  }
}

/** The only language that meets a condition; undefined when several do, since the condition then tells nothing. */
function onlyOf(
  sides: readonly Evidence[],
  holds: (side: Evidence) => boolean | undefined,
): Evidence | undefined {
  const [first, second] = sides.filter(holds)
  return second ? undefined : first
}

function toLetterWords(text: string): string[] {
  return fold(text).split(/[^a-z]+/)
}

function isTelling(word: string, shared: ReadonlySet<string>): boolean {
  return word.length > 1 && !shared.has(word) && !PROPER_NAMES.has(word)
}

function weighWord(
  words: readonly string[],
  i: number,
  sides: readonly Evidence[],
  shared: ReadonlySet<string>,
): void {
  const word = words[i] ?? ''
  const listed = sides.filter((side) => side.words.has(word))
  const lender = sides.find((side) => side.borrowed.has(word) || joinsNames(words, i, side))
  // A borrowed word that another language lists as its own is evidence for that language.
  if (lender) (listed.find((side) => side !== lender) ?? lender).weak += WEAK_WEIGHT
  else if (listed.length === 1 && listed[0]) listed[0].strong += WORD_WEIGHT
  else if (listed.length === 0 && !shared.has(word)) weighShape(word, sides)
}

/** "credencial de salud" is a name as a whole: its "de" is no stronger evidence than the name. */
function joinsNames(words: readonly string[], i: number, { rules, borrowed }: Evidence): boolean {
  const isName = (word = '') => PROPER_NAMES.has(word) || borrowed.has(word)
  return (
    rules.nameParticles.includes(words[i] ?? '') && isName(words[i - 1]) && isName(words[i + 1])
  )
}

/** Adds what the spelling of a word tells; for words that no language lists. */
function weighShape(word: string, sides: readonly Evidence[]): void {
  if (word.length < SHORTEST_SHAPED_WORD || NO_WORD.test(word)) return
  const likely =
    sides.find(({ rules }) => rules.endings?.test(word)) ??
    sides.find(({ rules }) => rules.spellings?.test(word))
  if (likely) {
    likely.weak += WEAK_WEIGHT
    return
  }
  const vaguely = sides.find(({ rules }) => rules.vagueEndings?.test(word))
  if (vaguely) vaguely.weak += VAGUE_ENDING_WEIGHT
}

function decide(sides: readonly Evidence[]): QuestionLanguage {
  const totalOf = ({ strong, weak }: Evidence) => strong + weak
  // The sort is stable: of two equally likely languages, the one registered first comes first.
  const [first, ...others] = [...sides].sort((a, b) => totalOf(b) - totalOf(a))
  if (!first || totalOf(first) === 0) return 'unknown'
  const isMixed = others.some(
    ({ strong }) => strong >= MIXED_EVIDENCE && strong / totalOf(first) >= MIXED_SHARE,
  )
  return isMixed ? 'mixed' : first.language
}
