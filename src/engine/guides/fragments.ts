/** Text fragments of a guide's passages and facts: links that highlight these words and no others on the guide's page. */
import type { Root } from 'mdast'
import {
  createFragmentFinder,
  type PagePoint,
  type PageRange,
  type PointTo,
} from '../core/fragment-search.ts'
import type { Guide } from '../core/guide.ts'
import { placeFacts } from '../core/guide-facts.ts'
import type { Span } from '../core/span.ts'
import { type TextFragment, toFragment } from '../core/text-fragment.ts'
import { type ShownBlock, shownBlocks } from './shown-text.ts'

export type Fragments = {
  /** The fragment of any span of the canonical text. */
  of(span: Span): { fragment: TextFragment; isUnique: boolean }
  /** The fragments of the guide's facts, in their order. */
  readonly facts: readonly { fragment: TextFragment; isUnique: boolean }[]
}

/** `tree` is the guide's text, parsed. */
export function guideFragments(guide: Guide, tree: Root): Fragments {
  const point = pagePointer(guide, tree)
  const of = (span: Span) => {
    const fragment = point(span)
    if (fragment) return { fragment, isUnique: true }
    return {
      fragment: toFragment(shownBlocks(guide.text.slice(span.start, span.end)).map((b) => b.text)),
      isUnique: false,
    }
  }
  return { of, facts: placeFacts(guide).map(({ span }) => of(span)) }
}

/** A span of fewer words than this may also be a label on the page, so its link includes the words around it. */
const MIN_BARE_WORDS = 4

/** Points at any span of any guide; each guide is parsed the first time that it is needed. */
export function createPointTo(): PointTo {
  const known = new WeakMap<Guide, ReturnType<typeof pagePointer>>()
  return (guide, span) => {
    const point = known.get(guide) ?? pagePointer(guide)
    known.set(guide, point)
    return point(span, MIN_BARE_WORDS)
  }
}

function pagePointer(guide: Guide, tree?: Root) {
  const body = shownBlocks(guide.text, tree)
  const head = pageHead(guide)
  const finder = createFragmentFinder([...head, ...body.map((block) => block.text)], head.length)
  return (span: Span, minBareWords = 1): TextFragment | undefined => {
    const range = rangeOf(body, span, head.length)
    return range && finder.fragmentFor(range, minBareWords)
  }
}

/** The page's text above the guide's: title, quick scan and table of contents, which repeat words of the guide. */
function pageHead({ meta, sections }: Guide): string[] {
  const { quickScan } = meta
  return [
    meta.title,
    meta.description,
    ...meta.chips,
    quickScan.bestFor,
    quickScan.helpsYouDo,
    ...quickScan.coreQuestions.map(({ question }) => question),
    ...quickScan.officialBodies,
    ...quickScan.facts.flatMap((fact) => [fact.label, fact.value]),
    ...(meta.fixFirst ? [meta.fixFirst.why] : []),
    ...sections.flatMap((section) => section.headingPath.slice(-1)),
  ].map((text) => text.replace(/\s+/g, ' ').trim())
}

function rangeOf(body: readonly ShownBlock[], span: Span, first: number): PageRange | undefined {
  const from = body.findIndex((block) => block.span.end > span.start)
  const to = body.findLastIndex((block) => block.span.start < span.end)
  const [head, tail] = [body[from], body[to]]
  if (!head || !tail || from > to) return undefined
  return {
    from: wordStart({ block: from, at: head.at(span.start) }, head.text, first),
    to: wordEnd({ block: to, at: tail.at(span.end) }, tail.text, first),
  }
}

/** Browsers differ on whether a dot, comma, colon or hyphen between letters or digits separates words. */
const BEFORE = /[\p{L}\p{N}][.,:'’_-]?$/u
const AFTER = /^[.,:'’_-]?[\p{L}\p{N}]/u

/** Browsers match whole words only, so a range that begins inside a word begins with that word. */
function wordStart({ block, at }: PagePoint, text: string, first: number): PagePoint {
  let start = at
  while (start > 0 && BEFORE.test(text.slice(0, start)) && /^[\p{L}\p{N}]/u.test(text.slice(start)))
    start = text.slice(0, start).search(/\S+$/)
  while (text[start] === ' ') start++
  return { block: block + first, at: start }
}

function wordEnd({ block, at }: PagePoint, text: string, first: number): PagePoint {
  let end = at
  if (/[\p{L}\p{N}]$/u.test(text.slice(0, end)) && AFTER.test(text.slice(end)))
    end += /^\S*/.exec(text.slice(end))?.[0].length ?? 0
  while (text[end - 1] === ' ') end--
  return { block: block + first, at: end }
}
