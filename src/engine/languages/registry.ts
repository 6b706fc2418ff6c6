/** The languages that are shipped: the one place that names them all. */
import type { LANGUAGES } from '../core/language.ts'
import { ENGLISH } from './en/profile.ts'
import { SPANISH } from './es/profile.ts'
import type { LanguageProfile } from './profile.ts'

/**
 * Only composition roots and doors read it; the engine is passed profiles. The compiler requires one for each code in
 * `LANGUAGES`.
 */
export const PROFILES: Readonly<Record<(typeof LANGUAGES)[number], LanguageProfile>> = {
  en: ENGLISH,
  es: SPANISH,
}
