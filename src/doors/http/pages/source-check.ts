/** When sources were checked: a page is as fresh as the source that was checked longest ago. */
import type { ExitText } from '../../../engine/core/guide-renderer.ts'
import type { Language } from '../../../engine/core/language.ts'
import type { Source } from '../../../engine/core/source.ts'
import { labelsOf, longDate } from './labels.ts'

/** The day (YYYY-MM-DD) on which the source that was checked longest ago was; undefined without sources. */
export function oldestCheck(sources: readonly Pick<Source, 'lastVerified'>[]): string | undefined {
  return sources.map(({ lastVerified }) => lastVerified).sort()[0]
}

/** What a link that leaves the site says, from a text whose sources were checked on that day at the earliest. */
export function exitText(checked: string | undefined, language: Language): ExitText {
  const labels = labelsOf(language)
  if (checked === undefined) return { label: labels.exitUnchecked, drawn: '↗' }
  const date = longDate(checked, language)
  return { label: labels.exit(date), drawn: `↗ ${checked}` }
}
