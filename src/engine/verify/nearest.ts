/** The text of a guide that comes nearest to a quote: runs that both hold say where to look, a banded alignment how far apart they are. */
import type { GuideText } from './guide-text.ts'
import { countWords, type Quote } from './quote.ts'
import type { Token } from './scan.ts'
import type { CoveredRun } from './stitch.ts'

export type Near = {
  readonly text: GuideText
  /** The guide's tokens `[from, to)`. */
  readonly from: number
  readonly to: number
  /** Words that differ; a sign or a part of a word counts a quarter. */
  readonly edits: number
  /** 1 - edits / weight of the longer side. */
  readonly similarity: number
}

/** Of a sign, and of what is written on without a space: `IMSS-02-008` is one word. */
const PART_WEIGHT = 0.25
/** Runs and their places that are tried, the longest first. */
const MAX_SEEDS = 4
const MAX_PLACES = 8
/** Work on one guide: a short quote is tried at every seed, a very long one at its first. */
const MAX_CELLS = 60_000
const MAX_SCATTERED = 8
const MIN_BAND = 8
const MAX_BAND = 40

const weightOf = (token: Token | undefined) => (token?.isWord && !token.isGlued ? 1 : PART_WEIGHT)

export function findNearest(
  quote: Quote,
  runs: readonly CoveredRun[],
  text: GuideText,
): Near | undefined {
  const seeds = runs
    .map((run) => ({ ...run, words: countWords(quote.tokens, run) }))
    .filter(({ words }) => words > 0)
    .sort((a, b) => b.words - a.words || a.from - b.from)
    .slice(0, MAX_SEEDS)
  const size = quote.core.to - quote.core.from
  // More than eight words, half of them the same, and no two of them side by side: that is chance.
  if (size > MAX_SCATTERED && (seeds[0]?.words ?? 0) < 2) return undefined
  let cells = MAX_CELLS
  let best: Near | undefined
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
 * The whole quote against any stretch of the guide, never further than the band from the diagonal
 * `guide token = quote token + shift` (Sellers 1980 within the band of Ukkonen 1985).
 */
function align(quote: Quote, text: GuideText, shift: number): Near | undefined {
  const { from, to } = quote.core
  const size = to - from
  const band = bandOf(size)
  const width = 2 * band + 1
  const mine = weightsOf(quote.tokens, from, to)
  const base = from + shift - band
  const first = Math.max(0, base)
  const theirs = weightsOf(text.tokens, first, base + size + width)
  // One row of costs and of where each alignment began; one slot more, so that the last has a neighbour above.
  let costs = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY)
  let starts = new Int32Array(width + 1)
  for (let slot = 0; slot < width; slot++) {
    const column = base + slot
    if (column < 0 || column > text.tokens.length) continue
    costs[slot] = 0
    starts[slot] = column
  }
  for (let i = 0; i < size; i++) {
    const nextCosts = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY)
    const nextStarts = new Int32Array(width + 1)
    const isWord = quote.tokens[from + i]?.isWord
    const weight = mine[i] ?? 0
    for (let slot = 0; slot < width; slot++) {
      const column = base + i + 1 + slot
      if (column < 1 || column > text.tokens.length) continue
      const isSame = quote.ids[from + i] === text.ids[column - 1]
      const lost = theirs[column - 1 - first] ?? 0
      const isPair = isWord === text.tokens[column - 1]?.isWord
      const change = isPair ? Math.max(weight, lost) : Number.POSITIVE_INFINITY
      const paired = (costs[slot] ?? 0) + (isSame ? 0 : change)
      const inserted = (costs[slot + 1] ?? 0) + weight
      const dropped = slot > 0 ? (nextCosts[slot - 1] ?? 0) + lost : Number.POSITIVE_INFINITY
      // A pair wins a tie, so that the nearest text shows the word that was changed.
      const best = Math.min(paired, inserted, dropped)
      const origin =
        best === paired ? starts[slot] : best === inserted ? starts[slot + 1] : nextStarts[slot - 1]
      nextCosts[slot] = best
      nextStarts[slot] = origin ?? 0
    }
    costs = nextCosts
    starts = nextStarts
  }
  let last = 0
  for (let slot = 1; slot < width; slot++) {
    if ((costs[slot] ?? 0) <= (costs[last] ?? 0)) last = slot
  }
  const edits = costs[last] ?? Number.POSITIVE_INFINITY
  const start = starts[last] ?? 0
  const end = base + size + last
  if (!Number.isFinite(edits) || end <= start) return undefined
  const longer = Math.max(sum(mine), sum(weightsOf(text.tokens, start, end)))
  return { text, from: start, to: end, edits, similarity: Math.max(0, 1 - edits / longer) }
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
