/** Guides and passages of a loaded index, with citations made at the moment of asking (staleness follows the clock). */
import type { Citation, CitedSource } from '../core/citation.ts'
import { type FrontMatter, type Guide, type GuideFact, guideKey, isPast } from '../core/guide.ts'
import { placeFacts } from '../core/guide-facts.ts'
import type { BuiltGuide } from '../core/index-snapshot.ts'
import type { PathId } from '../core/knowledge-paths.ts'
import type { Language } from '../core/language.ts'
import type { Library } from '../core/library.ts'
import type { Passage } from '../core/passage.ts'
import type { GuideLink, PathStep, QuickScan } from '../core/quick-scan.ts'
import type { Source } from '../core/source.ts'
import { containsSpan, type Span } from '../core/span.ts'
import { fragmentDirective, type TextFragment, toFragment } from '../core/text-fragment.ts'

export type LibraryOptions = {
  readonly indexId: string
  readonly guides: readonly BuiltGuide[]
  readonly sources: ReadonlyMap<string, Source>
  readonly passages: readonly Passage[]
  /** What citation URLs begin with; no slash at the end. */
  readonly baseUrl: string
  readonly now: () => Date
}

export function createLibrary(options: LibraryOptions): Library {
  const { baseUrl, now } = options
  const byKey = new Map(
    options.guides.map((guide) => [guideKey(guide.meta.id, guide.meta.language), guide]),
  )
  const passagesOf = new Map<string, Passage[]>()
  for (const passage of options.passages) {
    const key = guideKey(passage.guideId, passage.language)
    passagesOf.set(key, [...(passagesOf.get(key) ?? []), passage])
  }
  const byId = new Map(options.passages.map((passage) => [passage.id, passage]))
  const factsOf = new Map(options.guides.map((guide) => [guide, placeFacts(guide)]))

  const languages = [...new Set(options.guides.map(({ meta }) => meta.language))].sort()
  const languagesOf = (id: string): Language[] =>
    languages.filter((language) => byKey.has(guideKey(id, language)))
  const guide = (id: string, language?: Language): BuiltGuide | undefined => {
    const wanted = language ?? languagesOf(id)[0]
    return wanted === undefined ? undefined : byKey.get(guideKey(id, wanted))
  }
  const url = (id: string, language: Language) => `${baseUrl}/guides/${id}?lang=${language}`
  const link = (meta: FrontMatter): GuideLink => ({
    id: meta.id,
    language: meta.language,
    title: meta.title,
    url: url(meta.id, meta.language),
  })
  const isStale = (meta: FrontMatter) => isPast(meta.reviewBy, now())
  const isFactStale = (fact: GuideFact) =>
    fact.reviewBy !== undefined && isPast(fact.reviewBy, now())

  const citedSource = (meta: FrontMatter, id: string, inherited: boolean): CitedSource[] => {
    const source = options.sources.get(id)
    if (!source) return []
    const { title, publisher, url: address, authority, seen, lastVerified } = source
    const usedFor = meta.sources.find((entry) => entry.id === id)?.usedFor ?? ''
    return [
      { id, title, publisher, url: address, authority, seen, usedFor, lastVerified, inherited },
    ]
  }

  const makeCitation = (
    shelved: BuiltGuide,
    part: {
      id: string
      span: Span
      anchor: string
      fragment: TextFragment
      stale: boolean
      sources: CitedSource[]
    },
  ): Citation => {
    const address = `${url(shelved.meta.id, shelved.meta.language)}#${part.anchor}`
    return {
      id: part.id,
      url: address,
      textFragmentUrl: address + fragmentDirective(part.fragment),
      quote: shelved.text.slice(part.span.start, part.span.end),
      start: part.span.start,
      end: part.span.end,
      guideSha256: shelved.sha256,
      sources: part.sources,
      updated: shelved.meta.updated,
      stale: part.stale || isStale(shelved.meta),
    }
  }

  const cite = (passage: Passage, id: string): Citation => {
    const shelved = guide(passage.guideId, passage.language)
    if (!shelved) throw new Error(`passage ${passage.id} without guide`)
    const facts = factsOf.get(shelved) ?? []
    return makeCitation(shelved, {
      id,
      span: passage,
      anchor: passage.anchor,
      fragment: passage.fragment,
      stale: facts.some(({ fact, span }) => containsSpan(passage, span) && isFactStale(fact)),
      sources: passage.sources.flatMap((source) =>
        citedSource(shelved.meta, source.id, source.inherited),
      ),
    })
  }

  const toQuickScan = (shelved: BuiltGuide): QuickScan => {
    const { meta } = shelved
    const target =
      meta.fixFirst && (guide(meta.fixFirst.guide, meta.language) ?? guide(meta.fixFirst.guide))
    return {
      guide: link(meta),
      bestFor: meta.quickScan.bestFor,
      helpsYouDo: meta.quickScan.helpsYouDo,
      coreQuestions: meta.quickScan.coreQuestions,
      officialBodies: meta.quickScan.officialBodies,
      chips: meta.chips,
      facts: (factsOf.get(shelved) ?? []).map(({ fact, span, anchor }, index) => ({
        key: fact.key,
        kind: fact.kind,
        label: fact.label,
        value: fact.value,
        citation: makeCitation(shelved, {
          id: `f${index + 1}`,
          span,
          anchor,
          fragment: shelved.factFragments[index] ?? toFragment([fact.quote]),
          stale: isFactStale(fact),
          sources: citedSource(shelved.meta, fact.source, false),
        }),
      })),
      fixFirst:
        meta.fixFirst && target ? { guide: link(target.meta), why: meta.fixFirst.why } : null,
      updated: meta.updated,
      stale: isStale(meta),
    }
  }

  // Only staleness changes, and only with the date.
  const scans = new Map<BuiltGuide, { day: string; scan: QuickScan }>()
  const quickScan = (asked: Guide): QuickScan => {
    const shelved = guide(asked.meta.id, asked.meta.language)
    if (!shelved) throw new Error(`guide ${asked.meta.id} is not in this library`)
    const day = now().toISOString().slice(0, 10)
    const known = scans.get(shelved)
    if (known?.day === day) return known.scan
    const scan = toQuickScan(shelved)
    scans.set(shelved, { day, scan })
    return scan
  }

  return {
    indexId: options.indexId,
    baseUrl,
    passageCount: options.passages.length,
    guides: () =>
      options.guides
        .map(({ meta }) => ({
          ...link(meta),
          description: meta.description,
          cluster: meta.cluster,
          order: meta.order,
          languages: languagesOf(meta.id),
          updated: meta.updated,
          stale: isStale(meta),
        }))
        .sort((a, b) => a.order - b.order || (a.language < b.language ? -1 : 1)),
    guide,
    languagesOf,
    link,
    isStale,
    quickScan,
    paths(asked) {
      const shelved = guide(asked.meta.id, asked.meta.language)
      const steps = (ids: readonly PathId[]): PathStep[] =>
        ids.flatMap(({ id, reason }) => {
          const target = guide(id, asked.meta.language) ?? guide(id)
          return target ? [{ ...link(target.meta), reason }] : []
        })
      return {
        nextSteps: steps(shelved?.paths.nextSteps ?? []),
        siblings: steps(shelved?.paths.siblings ?? []),
        planning: steps(shelved?.paths.planning ?? []),
      }
    },
    passagesOf: ({ meta }) => passagesOf.get(guideKey(meta.id, meta.language)) ?? [],
    passage(id) {
      const passage = byId.get(id)
      const shelved = passage && guide(passage.guideId, passage.language)
      if (!passage || !shelved) return undefined
      const shelf = passagesOf.get(guideKey(passage.guideId, passage.language)) ?? []
      const at = shelf.indexOf(passage)
      return {
        passage,
        citation: cite(passage, 'c1'),
        guide: link(shelved.meta),
        previous: shelf[at - 1]?.id ?? null,
        next: shelf[at + 1]?.id ?? null,
      }
    },
    cite,
    source: (id) => options.sources.get(id),
  }
}
