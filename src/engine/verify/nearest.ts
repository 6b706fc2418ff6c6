/** The text of a guide nearest to a quote: shared runs say where to look, a banded alignment counts the differences. */
import type { GuideText } from './guide-text.ts'
import { countWords, type Quote } from './quote.ts'
import type { Token } from './scanner.ts'
import type { CoveredRun } from './stitch.ts'

export type NearText = {
  readonly text: GuideText
  /** The guide's tokens `[from, to)`. */
  readonly from: number
  readonly to: number
  /** Number of words that differ; a sign, or a later part of a word, counts a quarter. */
  readonly edits: number
  /** 1 - edits / weight of the longer side. */
  readonly similarity: number
}

/** Weight of a sign, and of each part of a word after the first: `IMSS-02-008` is one word. */
const PART_WEIGHT = 0.25
/** How many runs are tried, longest first, and how many occurrences of each. */
const MAX_SEEDS = 4
const MAX_PLACES = 8
/** Alignment cells that may be computed per guide: a short quote is tried at every seed, a very long one only at its first. */
const MAX_CELLS = 60_000
/** Up to this many tokens, a quote may share only single words with a guide. */
const MAX_SCATTERED = 8
/** How many tokens an alignment may shift: a quarter of the quote's, within these limits. */
const MIN_BAND = 8
const MAX_BAND = 40

const weightOf = (token: Token | undefined) => (token?.isWord && !token.isGlued ? 1 : PART_WEIGHT)

export function findNearest(
  quote: Quote,
  runs: readonly CoveredRun[],
  text: GuideText,
): NearText | undefined {
  const seeds = runs
    .map((run) => ({ ...run, words: countWords(quote.tokens, run) }))
    .filter(({ words }) => words > 0)
    .sort((a, b) => b.words - a.words || a.from - b.from)
    .slice(0, MAX_SEEDS)
  const size = quote.core.to - quote.core.from
  // If a longer quote shares no two consecutive words with the guide, the agreement is chance.
  if (size > MAX_SCATTERED && (seeds[0]?.words ?? 0) < 2) return undefined
  let cells = MAX_CELLS
  let best: NearText | undefined
  for (const seed of seeds) {
    for (const place of text.placesOf(seed.run).slice(0, MAX_PLACES)) {
      if (cells <= 0) return best
      cells -= size * (2 * bandOf(size) + 1)
      const near = align(quote, text, place - seed.from)
      if (near && (!best || near.edits < best.edits)) best = near
    }
  }
  return best
}

/**
 * Aligns the whole quote with any stretch of the guide, never further than the band from the diagonal
 * `guide token = quote token + shift` (Sellers 1980 within the band of Ukkonen 1985).
 */
function align(quote: Quote, text: GuideText, shift: number): NearText | undefined {
  const { from, to } = quote.core
  const size = to - from
  const width = 2 * bandOf(size) + 1
  const base = from + shift - bandOf(size)
  const first = Math.max(0, base)
  const weights = {
    quote: weightsOf(quote.tokens, from, to),
    guide: weightsOf(text.tokens, first, base + size + width),
  }
  let row = firstRow(base, width, text.tokens.length)
  for (let i = 0; i < size; i++) {
    row = nextRow(row, quote, text, {
      token: from + i,
      weight: weights.quote[i] ?? 0,
      base: base + i + 1,
      guideWeight: (column) => weights.guide[column - first] ?? 0,
    })
  }
  let last = 0
  for (let slot = 1; slot < width; slot++) {
    if ((row.costs[slot] ?? 0) <= (row.costs[last] ?? 0)) last = slot
  }
  const edits = row.costs[last] ?? Number.POSITIVE_INFINITY
  const start = row.starts[last] ?? 0
  const end = base + size + last
  if (!Number.isFinite(edits) || end <= start) return undefined
  const longer = Math.max(sum(weights.quote), sum(weightsOf(text.tokens, start, end)))
  return { text, from: start, to: end, edits, similarity: Math.max(0, 1 - edits / longer) }
}

/** One row of the table: costs of the alignments that end in each slot, and the guide token where each began. */
type Row = { readonly costs: Float64Array; readonly starts: Int32Array }

/** One slot more than the band, so that the last slot has a neighbour above. */
function emptyRow(width: number): Row {
  return {
    costs: new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY),
    starts: new Int32Array(width + 1),
  }
}

/** Before the first token of the quote: an alignment may begin anywhere in the guide, at no cost. */
function firstRow(base: number, width: number, guideSize: number): Row {
  const row = emptyRow(width)
  for (let slot = 0; slot < width; slot++) {
    const column = base + slot
    if (column < 0 || column > guideSize) continue
    row.costs[slot] = 0
    row.starts[slot] = column
  }
  return row
}

type RowInput = {
  /** The quote's token of this row, and its weight. */
  readonly token: number
  readonly weight: number
  /** The guide's column of slot 0. */
  readonly base: number
  readonly guideWeight: (column: number) => number
}

function nextRow({ costs, starts }: Row, quote: Quote, text: GuideText, input: RowInput): Row {
  const { token, weight, base, guideWeight } = input
  const width = costs.length - 1
  const next = emptyRow(width)
  const isWord = quote.tokens[token]?.isWord
  for (let slot = 0; slot < width; slot++) {
    const column = base + slot
    if (column < 1 || column > text.tokens.length) continue
    const isSame = quote.ids[token] === text.ids[column - 1]
    const lost = guideWeight(column - 1)
    const isPair = isWord === text.tokens[column - 1]?.isWord
    const change = isPair ? Math.max(weight, lost) : Number.POSITIVE_INFINITY
    const paired = (costs[slot] ?? 0) + (isSame ? 0 : change)
    const inserted = (costs[slot + 1] ?? 0) + weight
    const dropped = slot > 0 ? (next.costs[slot - 1] ?? 0) + lost : Number.POSITIVE_INFINITY
    // A pair wins a tie, so that the nearest text shows the word that was changed.
    const best = Math.min(paired, inserted, dropped)
    const origin =
      best === paired ? starts[slot] : best === inserted ? starts[slot + 1] : next.starts[slot - 1]
    next.costs[slot] = best
    next.starts[slot] = origin ?? 0
  }
  return next
}

function bandOf(size: number): number {
  return Math.min(MAX_BAND, Math.max(MIN_BAND, size >> 2))
}

function weightsOf(tokens: readonly Token[], from: number, to: number): Float64Array {
  return Float64Array.from(tokens.slice(from, Math.max(from, to)), weightOf)
}

function sum(weights: Float64Array): number {
  return weights.reduce((total, weight) => total + weight, 0)
}
