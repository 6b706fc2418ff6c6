/** The guides of an index by id and language, their links and whether they are stale. */
import { type FrontMatter, guideKey, isPast } from '../core/guide.ts'
import type { BuiltGuide } from '../core/index-snapshot.ts'
import type { Language } from '../core/language.ts'
import type { GuideLink } from '../core/quick-scan.ts'

export type GuidesById = {
  /** The guide in the given language, or, if none is given, in the first language that has it. */
  find(id: string, language?: Language): BuiltGuide | undefined
  /** The guide in the preferred language, or else in the first language that has it. */
  findIn(id: string, preferred: Language): BuiltGuide | undefined
  languagesOf(id: string): Language[]
  link(meta: FrontMatter): GuideLink
  /** Whether the guide's review date has passed. */
  isStale(meta: FrontMatter): boolean
}

/** `baseUrl` has no trailing slash. */
export function createGuidesById(
  guides: readonly BuiltGuide[],
  { baseUrl, now }: { readonly baseUrl: string; readonly now: () => Date },
): GuidesById {
  const byKey = new Map(
    guides.map((guide) => [guideKey(guide.meta.id, guide.meta.language), guide]),
  )
  const languages = [...new Set(guides.map(({ meta }) => meta.language))].sort()
  const languagesOf = (id: string): Language[] =>
    languages.filter((language) => byKey.has(guideKey(id, language)))
  const find = (id: string, language = languagesOf(id)[0]): BuiltGuide | undefined =>
    language === undefined ? undefined : byKey.get(guideKey(id, language))
  return {
    find,
    findIn: (id, preferred) => find(id, preferred) ?? find(id),
    languagesOf,
    link: ({ id, language, title }) => ({
      id,
      language,
      title,
      url: `${baseUrl}/guides/${id}?lang=${language}`,
    }),
    isStale: (meta) => isPast(meta.reviewBy, now()),
  }
}
