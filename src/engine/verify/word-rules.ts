/** Words, prefixes and suffixes whose loss would reverse a quote's meaning; those of all languages together. */
import type { LanguageProfiles } from '../languages/profile.ts'

/** Takes folded words. */
export type WordRules = {
  isNegation(word: string): boolean
  /** The `un` of `unpaid`. */
  isReversingPrefix(beginning: string): boolean
  /** Whether the end of a word reverses its meaning: the `less` of `stateless`. */
  hasReversingSuffix(end: string): boolean
}

export function createWordRules(languages: LanguageProfiles<'verification'>): WordRules {
  const rules = Object.values(languages).map(({ verification }) => verification)
  const negations = new Set(rules.flatMap((rule) => rule.negations))
  const prefixes = new Set(rules.flatMap((rule) => rule.reversingPrefixes))
  const suffixes = rules.flatMap((rule) => rule.reversingSuffixes)
  return {
    isNegation: (word) => negations.has(word),
    isReversingPrefix: (beginning) => prefixes.has(beginning),
    hasReversingSuffix: (end) => suffixes.some((suffix) => end.endsWith(suffix)),
  }
}
