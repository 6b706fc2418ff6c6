/**
 * Language codes, and the values that the language of a question can take. Everything else about a language is in its
 * profile, in `languages/`.
 */
import * as z from 'zod'

/** Codes that the shipped service accepts and answers with: the wire's enum. `languages/registry.ts` holds a profile for each. */
export const LANGUAGES = ['en', 'es'] as const

/**
 * An ISO 639-1 code. Any string, since the engine works in every language that it is given a profile for; the borders
 * check it.
 */
export type Language = string

/** In files (guides, an index): any code; whether a profile exists for it is checked when it is used. */
export const languageCodeSchema = z
  .string()
  .regex(/^[a-z]{2}$/, 'a language code of two lower-case letters, such as en')

/** On the wire: a shipped language. */
export const languageSchema: z.ZodType<Language, Language> = z.enum(LANGUAGES)

/** `mixed`: two languages in one question; `unknown`: only names, numbers or words of no registered language. */
export type QuestionLanguage = Language | 'mixed' | 'unknown'

export const questionLanguageSchema: z.ZodType<QuestionLanguage, QuestionLanguage> = z.enum([
  ...LANGUAGES,
  'mixed',
  'unknown',
])
