/** Guides, passages, citations, quick scans and knowledge paths of a loaded index, by id. */
import { RetrievalError } from '../core/errors.ts'
import { type FrontMatter, type Guide, guideKey } from '../core/guide.ts'
import type { BuiltGuide } from '../core/index-snapshot.ts'
import type { PathId } from '../core/knowledge-paths.ts'
import type { Library, PassageView } from '../core/library.ts'
import { groupByGuide, type Passage } from '../core/passage.ts'
import type { PathStep } from '../core/quick-scan.ts'
import type { Source } from '../core/source.ts'
import { createCitations } from './citations.ts'
import { createGuidesById } from './guides-by-id.ts'
import { createQuickScans } from './quick-scans.ts'

export type LibraryOptions = {
  readonly indexId: string
  readonly guides: readonly BuiltGuide[]
  readonly sources: ReadonlyMap<string, Source>
  readonly passages: readonly Passage[]
  /** What citation URLs begin with; without a trailing slash. */
  readonly baseUrl: string
  readonly now: () => Date
}

export function createLibrary(options: LibraryOptions): Library {
  const { guides, passages, sources, baseUrl, now } = options
  const byId = createGuidesById(guides, { baseUrl, now })
  const citations = createCitations({ guides, byId, sources, now })
  const quickScans = createQuickScans(byId, citations, now)
  const passageById = new Map(passages.map((passage) => [passage.id, passage]))
  const passagesByGuide = groupByGuide(passages)
  const passagesOf = (id: string, language: string) =>
    passagesByGuide.get(guideKey(id, language)) ?? []

  const summarize = (meta: FrontMatter) => ({
    ...byId.link(meta),
    description: meta.description,
    cluster: meta.cluster,
    order: meta.order,
    languages: byId.languagesOf(meta.id),
    updated: meta.updated,
    stale: byId.isStale(meta),
  })

  /** The library's own copy of a guide, which includes what the build added. */
  const ownCopy = ({ meta }: Guide): BuiltGuide => {
    const guide = byId.find(meta.id, meta.language)
    if (guide) return guide
    throw new RetrievalError(
      'internal',
      `guide ${meta.id} (${meta.language}) is not in the library`,
    )
  }

  const view = (passage: Passage, guide: BuiltGuide): PassageView => {
    const siblings = passagesOf(passage.guideId, passage.language)
    const at = siblings.indexOf(passage)
    return {
      passage,
      citation: citations.ofPassage(passage, 'c1'),
      guide: byId.link(guide.meta),
      previous: siblings[at - 1]?.id ?? null,
      next: siblings[at + 1]?.id ?? null,
    }
  }

  return {
    indexId: options.indexId,
    baseUrl,
    passageCount: passages.length,
    guides: () =>
      guides
        .map(({ meta }) => summarize(meta))
        .sort((a, b) => a.order - b.order || (a.language < b.language ? -1 : 1)),
    guide: byId.find,
    languagesOf: byId.languagesOf,
    link: byId.link,
    isStale: byId.isStale,
    quickScan: (guide) => quickScans(ownCopy(guide)),
    paths(guide) {
      const { paths, meta } = ownCopy(guide)
      const steps = (ids: readonly PathId[]): PathStep[] =>
        ids.flatMap(({ id, reason }) => {
          const target = byId.findIn(id, meta.language)
          return target ? [{ ...byId.link(target.meta), reason }] : []
        })
      return {
        nextSteps: steps(paths.nextSteps),
        siblings: steps(paths.siblings),
        planning: steps(paths.planning),
      }
    },
    passagesOf: ({ meta }) => passagesOf(meta.id, meta.language),
    passage(id) {
      const passage = passageById.get(id)
      const guide = passage && byId.find(passage.guideId, passage.language)
      return passage && guide ? view(passage, guide) : undefined
    },
    cite: citations.ofPassage,
    source: (id) => sources.get(id),
  }
}
