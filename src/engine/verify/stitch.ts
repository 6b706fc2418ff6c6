/**
 * Covers a quote with the longest runs that one guide contains: they show what it was joined from, and where the
 * nearest text is.
 */
import type { Match } from './exact.ts'
import { findExact } from './exact.ts'
import type { GuideText, TokenRun } from './guide-text.ts'
import { countWords, isPunctuation, pieces, type Quote, type Stretch } from './quote.ts'

export type CoveredRun = Stretch & { readonly run: TokenRun }

/** A piece has at least this many words; shorter runs agree by chance. */
const MIN_PIECE_WORDS = 3
/** More than two pieces must have this many words on average: many short runs agree by chance. */
const MEAN_WORDS_OF_MANY = 5
/** Occurrences of the first piece that are tried as the beginning of a chain. */
const MAX_CHAINS = 64
/** A quote with more marks of omission is not checked for omissions. */
const MAX_OMISSIONS = 20

/** Runs from left to right, each as long as possible; words that the guide never uses are left between them. */
export function cover(quote: Quote, text: GuideText): CoveredRun[] {
  const runs: CoveredRun[] = []
  let at = quote.core.from
  while (at < quote.core.to) {
    // A sign between two pieces belongs to neither; inside a run it belongs to the run.
    if (isPunctuation(quote.tokens[at])) {
      at++
      continue
    }
    const run = text.longestRun(quote.ids, at, quote.core.to)
    if (run.length > 0) runs.push({ from: at, to: at + run.length, run })
    at += Math.max(1, run.length)
  }
  return runs
}

/** The two or more pieces of the guide that make up the whole quote; undefined when it holds anything else. */
export function findStitched(
  quote: Quote,
  runs: readonly CoveredRun[],
  text: GuideText,
): Match[] | undefined {
  const stretches = toPieces(quote, runs, text)
  if (!stretches || stretches.length < 2) return undefined
  const words = stretches.reduce((sum, piece) => sum + countWords(quote.tokens, piece), 0)
  if (stretches.length > 2 && words / stretches.length < MEAN_WORDS_OF_MANY) return undefined
  const matches = stretches.map((stretch) => findExact(quote, stretch, text).whole[0])
  return matches.every((match) => match !== undefined) ? matches : undefined
}

/**
 * The runs as pieces. A run of too few words takes words back from the piece before it, which may have taken too many:
 * each run was made as long as possible. Undefined when a piece stays too short or other words are left between pieces.
 */
function toPieces(
  quote: Quote,
  runs: readonly CoveredRun[],
  text: GuideText,
): Stretch[] | undefined {
  const found: Stretch[] = []
  let at = quote.core.from
  for (const run of runs) {
    // Only punctuation may be left between two pieces.
    for (; at < run.from; at++) if (!isPunctuation(quote.tokens[at])) return undefined
    at = run.to
    if (countWords(quote.tokens, run) === 0) continue
    const before = found.at(-1)
    let from = run.from
    while (countWords(quote.tokens, { from, to: run.to }) < MIN_PIECE_WORDS) {
      if (!before || --from <= before.from) return undefined
    }
    if (from < run.from) {
      if (text.longestRun(quote.ids, from, run.to).length < run.to - from) return undefined
      if (!before) return undefined
      const rest = { from: before.from, to: Math.min(before.to, from) }
      if (countWords(quote.tokens, rest) < MIN_PIECE_WORDS) return undefined
      found[found.length - 1] = rest
    }
    found.push({ from, to: run.to })
  }
  for (; at < quote.core.to; at++) if (!isPunctuation(quote.tokens[at])) return undefined
  return found
}

export type Omission = { readonly matches: readonly Match[]; readonly isInOrder: boolean }

/** A quote with `…` inside, all of whose pieces the guide contains: in order and close together, if possible. */
export function findOmission(quote: Quote, text: GuideText): Omission | undefined {
  const stretches = pieces(quote)
  if (stretches.length < 2 || stretches.length > MAX_OMISSIONS + 1) return undefined
  const found = stretches.map((stretch) => findExact(quote, stretch, text).whole)
  if (found.some((matches) => matches.length === 0)) return undefined
  let best: Match[] | undefined
  for (const first of (found[0] ?? []).slice(0, MAX_CHAINS)) {
    const chain = chainFrom(first, found.slice(1))
    if (chain && (!best || extent(chain) < extent(best))) best = chain
  }
  if (best) return { matches: best, isInOrder: true }
  return { matches: found.flatMap((matches) => matches.slice(0, 1)), isInOrder: false }
}

function chainFrom(first: Match, rest: readonly (readonly Match[])[]): Match[] | undefined {
  const chain = [first]
  for (const matches of rest) {
    const after = chain.at(-1)?.to ?? 0
    const next = matches.find((match) => match.from >= after)
    if (!next) return undefined
    chain.push(next)
  }
  return chain
}

function extent(chain: readonly Match[]): number {
  return (chain.at(-1)?.to ?? 0) - (chain[0]?.from ?? 0)
}
