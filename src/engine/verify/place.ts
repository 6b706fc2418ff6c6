/** A span of a guide as a place that a reader can open: its link, its exact text, the passages that it touches. */
import type { PointTo } from '../core/fragment-search.ts'
import type { Guide } from '../core/guide.ts'
import type { Passage } from '../core/passage.ts'
import type { GuideLink } from '../core/quick-scan.ts'
import type { Span } from '../core/span.ts'
import { overlapLength } from '../core/span.ts'
import { fragmentDirective } from '../core/text-fragment.ts'
import type { QuotePlace } from '../core/verification.ts'

export type Places = {
  toPlace(guide: Guide, span: Span): QuotePlace
  /** The anchor of the section that an offset lies in. */
  anchorAt(guide: Guide, offset: number): string
}

export function createPlaces(
  passages: readonly Passage[],
  link: (meta: Guide['meta']) => GuideLink,
  pointTo: PointTo,
): Places {
  const shelves = new Map<string, Passage[]>()
  for (const passage of passages) {
    const key = `${passage.guideId}.${passage.language}`
    const shelf = shelves.get(key)
    if (shelf) shelf.push(passage)
    else shelves.set(key, [passage])
  }
  const anchorAt = (guide: Guide, offset: number): string =>
    guide.sections.findLast((section) => (section.blocks[0]?.span.start ?? 0) <= offset)?.anchor ??
    guide.sections[0]?.anchor ??
    'top'

  return {
    anchorAt,
    toPlace(guide, span) {
      const shelf = shelves.get(`${guide.meta.id}.${guide.meta.language}`) ?? []
      const shown = link(guide.meta)
      // Words that the page repeats, neighbours and all, would lead elsewhere: then the heading is near enough.
      const fragment = pointTo(guide, span)
      const words = fragment ? fragmentDirective(fragment) : ''
      return {
        guide: shown,
        guideSha256: guide.sha256,
        start: span.start,
        end: span.end,
        text: guide.text.slice(span.start, span.end),
        url: `${shown.url}#${anchorAt(guide, span.start)}${words}`,
        passages: shelf.filter((passage) => overlapLength(passage, span) > 0).map(({ id }) => id),
      }
    },
  }
}
