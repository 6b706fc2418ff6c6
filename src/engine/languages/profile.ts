/**
 * The profile of a language: everything that the code knows about it, in parts. `registry.ts` holds the shipped ones.
 * Each function asks only for the parts that it reads, so that a bundle may register profiles with fewer parts.
 */
import { RetrievalError } from '../core/errors.ts'
import type { Language } from '../core/language.ts'
import type { SentenceRules } from '../core/sentences.ts'
import type { ENGLISH_LABELS } from './en/labels.ts'

export type LanguageProfile = {
  /** Its code: the key in the registry, the name of its guides' folder, and a part of passage ids. */
  readonly code: Language
  /** Its own name for itself: `Español`. */
  readonly name: string
  /** Its name in other languages, by code: `{ en: 'Spanish' }`. `name` is used where one is missing. */
  readonly nameIn: Readonly<Record<Language, string>>
  /** BCP 47 tag for formatting dates: `es-MX`. */
  readonly locale: string
  readonly analysis: AnalysisRules
  readonly detection: DetectionRules
  readonly sentences: SentenceRules
  readonly paths: PathPhrases
  readonly verification: QuoteRules
  readonly labels: PageLabels
  readonly lint: LintWords
}

/** Profiles by code, with at least the named parts. Their order decides ties: of two equally likely languages the first is taken. */
export type LanguageProfiles<Part extends keyof LanguageProfile = keyof LanguageProfile> = Readonly<
  Record<Language, Pick<LanguageProfile, Part>>
>

/** Maps a concept to the phrases that name it. */
export type AliasTable = Readonly<Record<string, readonly string[]>>

/** How a text becomes terms of the lexical index. */
export type AnalysisRules = {
  /** The stem of a folded word (lower case, no accents); folded too. */
  readonly stem: (word: string) => string
  /** Words that are not indexed, in any spelling. All languages' stop words are dropped from every text. */
  readonly stopWords: readonly string[]
  /** Phrases of this language for concepts that other languages name too. */
  readonly aliases: AliasTable
}

/**
 * How a question in this language is recognised. Word lists may be accented; patterns are tested on folded words unless
 * they say otherwise.
 */
export type DetectionRules = {
  /** Its common words; one that another language lists too is no evidence. */
  readonly words: readonly string[]
  /** Words that other languages use too, whether or not they list them: no evidence. */
  readonly sharedWords: readonly string[]
  /** Words that people keep in this language when they ask in another: weak evidence. */
  readonly borrowedWords: readonly string[]
  /** Words that join names ("credencial de salud"): weak evidence between two names. */
  readonly nameParticles: readonly string[]
  /** Letters that set it apart, tested on each word as written; those that several languages claim are no evidence. */
  readonly letters?: RegExp
  /** Punctuation that sets it apart, tested on the whole question. */
  readonly punctuation?: RegExp
  /** Endings and spellings that only its words have, and endings for a last guess: tested in this order on words in no list. */
  readonly endings?: RegExp
  readonly spellings?: RegExp
  readonly vagueEndings?: RegExp
}

/** Whole sentences about where to go next; `from` and `to` are titles in quotation marks. */
export type PathPhrases = {
  /** After a title that is in another language: ` (in Spanish)`. */
  readonly inLanguage: (name: string) => string
  /** Why a guide of this language is worth reading, from the `helpsYouDo` of its quick scan. */
  readonly helps: (helpsYouDo: string) => string
  /** Why a guide that exists only in another language is worth reading; titles are in quotation marks. */
  readonly onward: (from: string, to: string) => string
  readonly planning: (to: string) => string
}

/** Words and affixes that reverse a meaning: a quote cut inside a word must not lose or gain one. All folded. */
export type QuoteRules = {
  /** Words that negate. */
  readonly negations: readonly string[]
  /** Prefixes that reverse a word's meaning: `un` of `unpaid`. */
  readonly reversingPrefixes: readonly string[]
  /** Suffixes that do: `less` of `stateless`. */
  readonly reversingSuffixes: readonly string[]
}

/** What the HTML pages say. */
export type PageLabels = typeof ENGLISH_LABELS

/**
 * The preferred spelling and those that it replaces. Letter case counts only for a spelling that differs in nothing
 * else. A final * stands for any ending.
 */
export type PreferredTerm = { readonly preferred: string; readonly refused: readonly string[] }

/** What the corpus lint looks for. */
export type LintWords = {
  /** Words that name no subject: a heading made only of them cannot be found by its words. */
  readonly emptyHeadingWords: readonly string[]
  /** Openings of blocks that cannot be understood without the block before. */
  readonly leaningOpenings: readonly RegExp[]
  readonly terms: readonly PreferredTerm[]
  /** For a language whose accents are often left out. */
  readonly accents?: AccentRules
  /** Marks that open a sentence and the ones that close it: `['¿', '?']`. */
  readonly pairedMarks?: readonly (readonly [opener: string, closer: string])[]
}

export type AccentRules = {
  /** Words that are always accented: the same letters without the accent are refused. */
  readonly words: readonly string[]
  /** Unaccented forms that are also words in their own right. */
  readonly exceptions: readonly string[]
  /** Unaccented forms that are verbs, and correct, where `before` matches the text in front of them. */
  readonly verbs: { readonly words: readonly string[]; readonly before: RegExp }
  /** Maps a spelling that avoids a letter of the language to the right one. */
  readonly substitutes: Readonly<Record<string, string>>
  /** Endings that are always accented, without the accent and with it. */
  readonly endings: readonly (readonly [ascii: string, accented: string])[]
}

/** Throws `index_mismatch` for a language that is not registered. */
export function profileOf<T>(profiles: Readonly<Record<Language, T>>, language: Language): T {
  const profile = Object.hasOwn(profiles, language) ? profiles[language] : undefined
  if (profile === undefined) {
    throw new RetrievalError(
      'index_mismatch',
      `no profile for the language "${language}" is registered (only ${Object.keys(profiles).join(', ')}): write src/engine/languages/${language}/profile.ts and add it to registry.ts, or remove its guides`,
      { details: { language } },
    )
  }
  return profile
}
