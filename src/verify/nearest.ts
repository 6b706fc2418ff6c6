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
  let best: Near | undefined
  for (const seed of seeds) {
    for (const place of text.placesOf(seed.run).slice(0, MAX_PLACES)) {
      const near = align(quote, text, place - seed.from)
      if (near && (!best || near.edits < best.edits)) best = near
    }
  }
  return best
}

type Cell = { cost: number; start: number }

/**
 * The whole quote against any stretch of the guide, never further than the band from the diagonal
 * `guide token = quote token + shift` (Sellers 1980 within the band of Ukkonen 1985).
 */
function align(quote: Quote, text: GuideText, shift: number): Near | undefined {
  const { from, to } = quote.core
  const size = to - from
  const band = Math.min(MAX_BAND, Math.max(MIN_BAND, size >> 2))
  const width = 2 * band + 1
  const never: Cell = { cost: Number.POSITIVE_INFINITY, start: 0 }
  const columnOf = (row: number, slot: number) => from + row + shift + slot - band
  const isInside = (column: number) => column >= 0 && column <= text.tokens.length
  let row: Cell[] = Array.from({ length: width }, (_, slot) => {
    const column = columnOf(0, slot)
    return isInside(column) ? { cost: 0, start: column } : never
  })
  for (let i = 0; i < size; i++) {
    const mine = quote.tokens[from + i]
    const id = quote.ids[from + i]
    const next: Cell[] = []
    for (let slot = 0; slot < width; slot++) {
      const column = columnOf(i + 1, slot)
      if (!isInside(column)) {
        next.push(never)
        continue
      }
      const theirs = column > 0 ? text.tokens[column - 1] : undefined
      const isSame = theirs !== undefined && id === text.ids[column - 1]
      const swap =
        mine?.isWord === theirs?.isWord
          ? Math.max(weightOf(mine), weightOf(theirs))
          : Number.POSITIVE_INFINITY
      const diagonal = row[slot] ?? never
      const above = row[slot + 1] ?? never
      const left = next[slot - 1] ?? never
      const paired = theirs ? diagonal.cost + (isSame ? 0 : swap) : Number.POSITIVE_INFINITY
      const inserted = above.cost + weightOf(mine)
      const dropped = left.cost + weightOf(theirs)
      // A pair wins a tie, so that the nearest text shows the word that was changed.
      if (paired <= inserted && paired <= dropped) {
        next.push({ cost: paired, start: diagonal.start })
      } else if (inserted <= dropped) next.push({ cost: inserted, start: above.start })
      else next.push({ cost: dropped, start: left.start })
    }
    row = next
  }
  let end = -1
  let last = never
  row.forEach((cell, slot) => {
    if (cell.cost <= last.cost && cell.cost < Number.POSITIVE_INFINITY) {
      last = cell
      end = columnOf(size, slot)
    }
  })
  if (end <= last.start) return undefined
  const weight = (tokens: readonly Token[], start: number, stop: number) =>
    tokens.slice(start, stop).reduce((sum, token) => sum + weightOf(token), 0)
  const longer = Math.max(weight(quote.tokens, from, to), weight(text.tokens, last.start, end))
  const similarity = Math.max(0, 1 - last.cost / longer)
  return { text, from: last.start, to: end, edits: last.cost, similarity }
}
