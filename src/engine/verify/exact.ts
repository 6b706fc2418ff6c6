/**
 * Finds a stretch of a quote in a guide word for word. A number that was cut short is a different number, so it does
 * not match.
 */
import type { Span } from '../core/span.ts'
import { type GuideText, UNKNOWN } from './guide-text.ts'
import { countWords, type Quote, type Stretch } from './quote.ts'

export type Match = {
  readonly span: Span
  /** The guide's tokens `[from, to)`. */
  readonly from: number
  readonly to: number
  /** The stretch begins or ends inside a word. */
  readonly isCut: boolean
}

export type Matches = {
  readonly whole: readonly Match[]
  /** Matches that begin or end inside a number, extended to the whole number. */
  readonly cutNumbers: readonly Match[]
}

/** Whole words that a quote must have besides those that are cut. */
const MIN_WORDS_BESIDE_CUT = 4

/** Text after a digit that continues the number: `.50`, `-201`, or a letter suffix such as `-A`. */
const NUMBER_GOES_ON = /^(?:[.,:/'’‐‑–−-]?\p{N}|[‐‑-]\p{Lu}(?!\p{L}))/u
/** Text before a digit that is part of the number: `800-`, or a minus sign. */
const NUMBER_BEGINS_BEFORE = /(?:\p{N}[.,:/'’‐‑–−-]?|(?:^|[\s(|$])[−-]\$?)$/u
/** Tokens beside a cut word that are searched for the whole word. */
const NEAR_TOKENS = 2
const DIGIT = /\p{N}/u

export function findExact(quote: Quote, stretch: Stretch, text: GuideText): Matches {
  const whole = runsOf(quote, stretch, text).map(([from, to]) => toMatch(text, from, to))
  const passing = whole.filter((match) => isWholeNumbered(quote, stretch, text, match))
  if (passing.length > 0) return { whole: passing, cutNumbers: [] }
  const cutNumbers = whole.map((match) => growNumbers(text, match))
  return { whole: findCut(quote, stretch, text), cutNumbers }
}

/** Guide tokens `[from, to)` of every occurrence of the stretch. */
function runsOf(quote: Quote, { from, to }: Stretch, text: GuideText): [number, number][] {
  if (from >= to) return []
  const run = text.longestRun(quote.ids, from, to)
  if (run.length < to - from) return []
  return text
    .placesOf(run)
    .filter((place) => hasListNumbers(quote, { from, to }, text, place))
    .map((place) => [place, place + run.length])
}

function toMatch(text: GuideText, from: number, to: number): Match {
  const start = text.tokens[from]?.start ?? 0
  const end = text.tokens[to - 1]?.end ?? start
  return { span: { start, end }, from, to, isCut: false }
}

/** Whether the list numbers in the quote are those of the guide. */
function hasListNumbers(quote: Quote, { from, to }: Stretch, text: GuideText, place: number) {
  return quote.listNumbers
    .filter(({ before }) => before >= from && before < to)
    .every(({ before, number }) => text.listNumberBefore(place + before - from)?.number === number)
}

/** Whether neither the first nor the last word is a piece of a longer number. */
function isWholeNumbered(quote: Quote, stretch: Stretch, text: GuideText, match: Match): boolean {
  const { tokens } = quote
  let first = stretch.from
  let last = stretch.to - 1
  while (first < last && !tokens[first]?.isWord) first++
  while (last > first && !tokens[last]?.isWord) last--
  const start = text.tokens[match.from + first - stretch.from]?.start ?? 0
  const end = text.tokens[match.from + last - stretch.from]?.end ?? 0
  const before = text.guide.text.slice(Math.max(0, start - 3), start)
  const after = text.guide.text.slice(end, end + 3)
  const isCutAfter = DIGIT.test(tokens[last]?.text.at(-1) ?? '') && NUMBER_GOES_ON.test(after)
  const isCutBefore = DIGIT.test(tokens[first]?.text[0] ?? '') && NUMBER_BEGINS_BEFORE.test(before)
  return !isCutAfter && !isCutBefore
}

/** The match, extended to the whole numbers that it cuts. */
function growNumbers(text: GuideText, match: Match): Match {
  const { tokens } = text
  let { from, to } = match
  while (from > 0 && tokens[from - 1]?.end === tokens[from]?.start) from--
  while (to < tokens.length && tokens[to]?.start === tokens[to - 1]?.end) to++
  return toMatch(text, from, to)
}

/**
 * Matches of a stretch whose first or last word is cut in the middle, as when a quote was truncated to a number of
 * characters.
 */
function findCut(quote: Quote, stretch: Stretch, text: GuideText): Match[] {
  const tries = [
    { atStart: false, atEnd: true },
    { atStart: true, atEnd: false },
    { atStart: true, atEnd: true },
  ]
  for (const { atStart, atEnd } of tries) {
    const inner = { from: stretch.from + (atStart ? 1 : 0), to: stretch.to - (atEnd ? 1 : 0) }
    if (countWords(quote.tokens, inner) < MIN_WORDS_BESIDE_CUT) continue
    const matches = runsOf(quote, inner, text).flatMap(([from, to]): Match[] => {
      const head = atStart ? cutAt(quote, stretch.from, text, from - 1, 'start') : 0
      const tail = atEnd ? cutAt(quote, stretch.to - 1, text, to, 'end') : 0
      if (head === undefined || tail === undefined) return []
      const outer = toMatch(text, from - (atStart ? 1 : 0), to + (atEnd ? 1 : 0))
      const span = { start: outer.span.start + head, end: outer.span.end - tail }
      const match: Match = { ...outer, span, isCut: true }
      return isWholeNumbered(quote, stretch, text, match) ? [match] : []
    })
    if (matches.length > 0) return matches
  }
  return []
}

/**
 * How many characters of the guide's word are missing at one end of the quote's; undefined when the quote has a
 * different word.
 */
function cutAt(
  quote: Quote,
  at: number,
  text: GuideText,
  place: number,
  side: 'start' | 'end',
): number | undefined {
  const mine = quote.tokens[at]
  const theirs = text.tokens[place]
  if (!mine?.isWord || !theirs?.isWord) return undefined
  if (DIGIT.test(mine.text) || DIGIT.test(theirs.text) || text.isNegation(mine.text))
    return undefined
  const lost = theirs.text.length - mine.text.length
  // If folding changed the word's length, what is missing cannot be counted in characters of the text.
  if (lost <= 0 || theirs.end - theirs.start !== theirs.text.length) return undefined
  // If the quote's word occurs whole close by, the words between were dropped and this one was not cut.
  const after = side === 'end' ? place + 1 : place - NEAR_TOKENS
  const close = text.tokens.slice(Math.max(0, after), Math.max(0, after + NEAR_TOKENS))
  if (close.some((token) => token.text === mine.text)) return undefined
  if (side === 'start') {
    if (!theirs.text.endsWith(mine.text)) return undefined
    const isWord = quote.ids[at] !== UNKNOWN
    return isWord && text.isReversingPrefix(theirs.text.slice(0, lost)) ? undefined : lost
  }
  if (!theirs.text.startsWith(mine.text)) return undefined
  return text.hasReversingSuffix(theirs.text.slice(mine.text.length)) ? undefined : lost
}
