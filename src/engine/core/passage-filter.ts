/** Which passages a search may return, as data, so that a remote store can apply it too. */
import type { Language } from './language.ts'
import type { Passage } from './passage.ts'
import type { Authority, Source } from './source.ts'

/** Every field that is present must match; an absent field lets everything through. */
export type PassageFilter = {
  readonly languages?: readonly Language[]
  /** Guide ids. */
  readonly guides?: readonly string[]
  /** At least one of the passage's sources has one of these. */
  readonly authorities?: readonly Authority[]
}

/** What a filter looks at. In-process indexes get the facets of their passages when they are created. */
export type PassageFacets = {
  readonly id: string
  readonly language: Language
  readonly guideId: string
  /** Those of the passage's sources, without repeats. */
  readonly authorities: readonly Authority[]
}

export function matchesFilter(facets: PassageFacets, filter: PassageFilter): boolean {
  const { languages, guides, authorities } = filter
  return (
    (languages === undefined || languages.includes(facets.language)) &&
    (guides === undefined || guides.includes(facets.guideId)) &&
    (authorities === undefined || facets.authorities.some((held) => authorities.includes(held)))
  )
}

/** Facets of an index's passages, in their order. A source that is not listed adds no authority. */
export function facetsOf(index: {
  readonly passages: readonly Pick<Passage, 'id' | 'language' | 'guideId' | 'sources'>[]
  readonly sources: readonly Pick<Source, 'id' | 'authority'>[]
}): PassageFacets[] {
  const authorityOf = new Map(index.sources.map(({ id, authority }) => [id, authority]))
  return index.passages.map(({ id, language, guideId, sources }) => {
    const authorities = new Set(sources.flatMap((source) => authorityOf.get(source.id) ?? []))
    return { id, language, guideId, authorities: [...authorities] }
  })
}

/** The numbers of the passages that match, ascending. */
export type PassageSelector = (filter?: PassageFilter) => Int32Array

/** For in-process indexes: the lists for the commonest filters (none, one language) are computed once. */
export function createPassageSelector(facets: readonly PassageFacets[]): PassageSelector {
  const all = Int32Array.from(facets.keys())
  const byLanguage = new Map<Language, Int32Array>()
  for (const { language } of facets) {
    if (byLanguage.has(language)) continue
    byLanguage.set(
      language,
      all.filter((number) => facets[number]?.language === language),
    )
  }
  return (filter = {}) => {
    const { languages, guides, authorities } = filter
    const [only] = languages?.length === 1 ? languages : []
    const pool = only === undefined ? all : (byLanguage.get(only) ?? new Int32Array())
    if (guides === undefined && authorities === undefined && (only || !languages)) return pool
    return pool.filter((number) => {
      const held = facets[number]
      return held !== undefined && matchesFilter(held, filter)
    })
  }
}
