/** The two languages of the corpus, and what a question's language can be. */
import * as z from 'zod'

export const LANGUAGES = ['en', 'es'] as const
export const languageSchema = z.enum(LANGUAGES)
export type Language = z.infer<typeof languageSchema>

export const questionLanguageSchema = z.enum(['en', 'es', 'mixed', 'unknown'])
export type QuestionLanguage = z.infer<typeof questionLanguageSchema>
