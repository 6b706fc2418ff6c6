/** A span of a guide as a place that a reader can open: its link, its exact text, and the passages that it overlaps. */
import type { PointTo } from '../core/fragment-search.ts'
import { type Guide, guideKey } from '../core/guide.ts'
import { groupByGuide, type Passage } from '../core/passage.ts'
import type { GuideLink } from '../core/quick-scan.ts'
import { overlapLength, type Span } from '../core/span.ts'
import { fragmentDirective } from '../core/text-fragment.ts'
import type { QuotePlace } from '../core/verification.ts'

export type QuotePlaces = {
  toPlace(guide: Guide, span: Span): QuotePlace
  /** The anchor of the section that an offset lies in. */
  anchorAt(guide: Guide, offset: number): string
}

export function createQuotePlaces(
  passages: readonly Passage[],
  link: (meta: Guide['meta']) => GuideLink,
  pointTo: PointTo,
): QuotePlaces {
  const passagesOf = groupByGuide(passages)
  const anchorAt = (guide: Guide, offset: number): string =>
    guide.sections.findLast((section) => (section.blocks[0]?.span.start ?? 0) <= offset)?.anchor ??
    guide.sections[0]?.anchor ??
    'top'

  return {
    anchorAt,
    toPlace(guide, span) {
      const own = passagesOf.get(guideKey(guide.meta.id, guide.meta.language)) ?? []
      const shown = link(guide.meta)
      // Where the page repeats the words with everything around them, there is no fragment: the link leads to the heading.
      const fragment = pointTo(guide, span)
      const words = fragment ? fragmentDirective(fragment) : ''
      return {
        guide: shown,
        guideSha256: guide.sha256,
        start: span.start,
        end: span.end,
        text: guide.text.slice(span.start, span.end),
        url: `${shown.url}#${anchorAt(guide, span.start)}${words}`,
        passages: own.filter((passage) => overlapLength(passage, span) > 0).map(({ id }) => id),
      }
    },
  }
}
