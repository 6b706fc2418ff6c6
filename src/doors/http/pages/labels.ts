/** The words of the pages in a language, and dates as the language writes them. The texts are in `engine/languages`. */
import type { Language } from '../../../engine/core/language.ts'
import {
  type LanguageProfiles,
  type PageLabels,
  profileOf,
} from '../../../engine/languages/profile.ts'
import { PROFILES } from '../../../engine/languages/registry.ts'

export type PageLanguages = LanguageProfiles<'labels' | 'name' | 'locale'>

export function labelsOf(language: Language, languages: PageLanguages = PROFILES): PageLabels {
  return profileOf(languages, language).labels
}

/** A language's own name: `Español`. */
export function languageName(language: Language, languages: PageLanguages = PROFILES): string {
  return profileOf(languages, language).name
}

/** `date` is YYYY-MM-DD: `23 November 2026`, `23 de noviembre de 2026`. */
export function longDate(
  date: string,
  language: Language,
  languages: PageLanguages = PROFILES,
): string {
  const { locale } = profileOf(languages, language)
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' })
  return format.format(new Date(`${date}T00:00:00Z`))
}

/** `date` is YYYY-MM-DD: `November 2026`, `noviembre de 2026`. */
export function monthOf(
  date: string,
  language: Language,
  languages: PageLanguages = PROFILES,
): string {
  const { locale } = profileOf(languages, language)
  const format = new Intl.DateTimeFormat(locale, {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  })
  return format.format(new Date(`${date}T00:00:00Z`))
}
