/**
 * Finds what a text fragment matches on a page, as browsers do (the first match in document order), and makes the
 * shortest fragment that matches a given range. Letters are compared without case and accents, as in browsers. Word
 * boundaries are ignored, which only adds matches: a fragment whose first match is the right one here also matches the
 * right place in a browser.
 */
import { fold } from './fold.ts'
import type { Guide } from './guide.ts'
import type { Span } from './span.ts'
import { EDGE_WORDS, type TextFragment, toFragment, WHOLE_WORDS } from './text-fragment.ts'

/**
 * A port: finds the fragment that links to a span on its guide's page; undefined when every possible fragment matches
 * another place first.
 */
export type PointTo = (guide: Guide, span: Span) => TextFragment | undefined

/** A position in a page's blocks of text: block number and offset in it. */
export type PagePoint = { readonly block: number; readonly at: number }
export type PageRange = { readonly from: PagePoint; readonly to: PagePoint }

/** The page's blocks of text in document order, white space collapsed. */
export type PageBlocks = readonly string[]

/**
 * Folds character by character and straightens quotation marks. A character whose folded form differs in length is kept
 * as it is, so that offsets stay valid.
 */
function foldInPlace(text: string): string {
  return [...text]
    .map((char) => {
      const plain = fold(char).replace(/[“”„]/g, '"').replace(/[‘’‚]/g, "'")
      return plain.length === char.length ? plain : char
    })
    .join('')
}

export type FragmentFinder = {
  /** The first match in document order. */
  find(fragment: TextFragment): PageRange | undefined
  /**
   * The shortest fragment whose first match is the range; undefined when the page repeats the range together with
   * everything around it. A range of fewer than `minBareWords` words always gets a prefix or suffix, since the page
   * also has labels that are not in the blocks.
   */
  fragmentFor(range: PageRange, minBareWords?: number): TextFragment | undefined
}

/** Blocks before `bodyFrom` are searched like all others, but their words are not used as prefixes. */
export function createFragmentFinder(blocks: PageBlocks, bodyFrom = 0): FragmentFinder {
  const find = createFind(blocks)
  return {
    find,
    fragmentFor(range, minBareWords = 1) {
      for (const core of cores(blocks, range)) {
        const isBare = core.end === undefined && core.start.split(' ').length < minBareWords
        if (!isBare && isSame(find(core), range)) return core
        for (const context of contexts(blocks, range, bodyFrom)) {
          if (isBare && context.prefix === undefined && context.suffix === undefined) continue
          const fragment = { ...core, ...context }
          if (isSame(find(fragment), range)) return dropUndefined(fragment)
        }
      }
      return undefined
    },
  }
}

function createFind(blocks: PageBlocks): FragmentFinder['find'] {
  const folded = blocks.map(foldInPlace)

  function* occurrences(term: string, from: PagePoint): Generator<PagePoint> {
    for (let block = from.block; block < folded.length; block++) {
      const text = folded[block] ?? ''
      let at = text.indexOf(term, block === from.block ? from.at : 0)
      for (; at !== -1; at = text.indexOf(term, at + 1)) yield { block, at }
    }
  }

  /** The position of the next character that is not white space, in this block or a later one. */
  const onward = (point: PagePoint): PagePoint => {
    let { block, at } = point
    while (block < folded.length) {
      const text = folded[block] ?? ''
      while (text[at] === ' ') at++
      if (at < text.length) break
      block++
      at = 0
    }
    return { block, at }
  }

  const matchesAt = (term: string, point: PagePoint) =>
    folded[point.block]?.startsWith(term, point.at) ?? false
  const past = ({ block, at }: PagePoint, term: string) => ({ block, at: at + term.length })

  return (fragment) => {
    const start = foldInPlace(fragment.start)
    const prefix = fragment.prefix === undefined ? undefined : foldInPlace(fragment.prefix)
    const end = fragment.end === undefined ? undefined : foldInPlace(fragment.end)
    const suffix = fragment.suffix === undefined ? undefined : foldInPlace(fragment.suffix)
    const isFollowed = (point: PagePoint) =>
      suffix === undefined || matchesAt(suffix, onward(point))
    for (const hit of occurrences(prefix ?? start, { block: 0, at: 0 })) {
      const from = prefix === undefined ? hit : onward(past(hit, prefix))
      if (!matchesAt(start, from)) continue
      const startEnd = past(from, start)
      if (end === undefined) {
        if (isFollowed(startEnd)) return { from, to: startEnd }
        continue
      }
      for (const last of occurrences(end, startEnd)) {
        const to = past(last, end)
        if (isFollowed(to)) return { from, to }
      }
    }
    return undefined
  }
}

function isSame(found: PageRange | undefined, range: PageRange): boolean {
  return (
    found !== undefined &&
    found.from.block === range.from.block &&
    found.from.at === range.from.at &&
    found.to.block === range.to.block &&
    found.to.at === range.to.at
  )
}

type Context = Pick<TextFragment, 'prefix' | 'suffix'>

/**
 * Contexts to try, fewest words first: for each number of words those before the range, those after it, then both. The
 * last number takes whole blocks.
 */
function* contexts(blocks: PageBlocks, range: PageRange, bodyFrom: number): Generator<Context> {
  for (const count of [3, EDGE_WORDS, WHOLE_WORDS, Number.MAX_SAFE_INTEGER]) {
    const prefix = wordsBefore(blocks, range.from, count, bodyFrom)
    const suffix = wordsAfter(blocks, range.to, count)
    yield { prefix, suffix: undefined }
    yield { prefix: undefined, suffix }
    yield { prefix, suffix }
  }
}

/** Up to `count` words right before a point, from its own block or, at the start of a block, from the previous one. */
function wordsBefore(
  blocks: PageBlocks,
  { block, at }: PagePoint,
  count: number,
  bodyFrom: number,
): string | undefined {
  const own = (blocks[block] ?? '').slice(0, at).trim()
  if (own !== '') return own.split(' ').slice(-count).join(' ')
  return block - 1 < bodyFrom ? undefined : blocks[block - 1]?.split(' ').slice(-count).join(' ')
}

function wordsAfter(
  blocks: PageBlocks,
  { block, at }: PagePoint,
  count: number,
): string | undefined {
  const own = (blocks[block] ?? '').slice(at).trim()
  return (own === '' ? blocks[block + 1] : own)?.split(' ').slice(0, count).join(' ')
}

function dropUndefined({ prefix, start, end, suffix }: TextFragment): TextFragment {
  return {
    ...(prefix === undefined ? {} : { prefix }),
    start,
    ...(end === undefined ? {} : { end }),
    ...(suffix === undefined ? {} : { suffix }),
  }
}

/**
 * Fragments without prefix and suffix, shortest first: a few words of each end (`toFragment` takes 6, then 9, 12 and 24
 * are tried), then, for a range within one block, its whole text.
 */
function* cores(blocks: PageBlocks, { from, to }: PageRange): Generator<TextFragment> {
  const single = from.block === to.block
  const first = (blocks[from.block] ?? '').slice(from.at, single ? to.at : undefined).trim()
  const last = single ? first : (blocks[to.block] ?? '').slice(0, to.at).trim()
  yield toFragment(single ? [first] : [first, last])
  const firstWords = first.split(' ')
  const lastWords = last.split(' ')
  const longest = single ? Math.floor(firstWords.length / 2) : WHOLE_WORDS * 2
  for (const words of [9, WHOLE_WORDS, WHOLE_WORDS * 2]) {
    if (words > longest) break
    yield {
      start: firstWords.slice(0, words).join(' '),
      end: lastWords.slice(-words).join(' '),
    }
  }
  if (single) yield { start: first }
}
