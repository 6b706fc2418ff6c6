/** A span of a guide as a place that a reader can open: its link, its exact text, the passages that it touches. */
import type { Guide } from '../core/guide.ts'
import type { Passage } from '../core/passage.ts'
import type { GuideLink } from '../core/quick-scan.ts'
import type { Span } from '../core/span.ts'
import { overlapLength } from '../core/span.ts'
import { fragmentDirective, toFragment } from '../core/text-fragment.ts'
import type { QuotePlace } from '../core/verification.ts'
import { scan } from './scan.ts'

export type Places = {
  toPlace(guide: Guide, span: Span): QuotePlace
  /** The anchor of the section that an offset lies in. */
  anchorAt(guide: Guide, offset: number): string
}

export function createPlaces(
  passages: readonly Passage[],
  link: (meta: Guide['meta']) => GuideLink,
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
      const words = fragmentDirective(toFragment(shownBlocks(guide.text, span)))
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

/** The span's lines and table cells as a browser shows them, widened to whole words: fragments match nothing less. */
function shownBlocks(text: string, span: Span): string[] {
  let { start, end } = span
  const isLetter = (at: number) => /[\p{L}\p{N}]/u.test(text[at] ?? '')
  while (start > 0 && isLetter(start) && isLetter(start - 1)) start--
  while (end < text.length && isLetter(end) && isLetter(end - 1)) end++
  return text
    .slice(start, end)
    .split(/[\n|]/)
    .map((line) => {
      let at = 0
      let shown = ''
      for (const mark of scan(line, { isListNumber: (offset) => offset === 0 }).marks) {
        shown += line.slice(at, mark.start)
        at = mark.end
      }
      return shown + line.slice(at)
    })
}
