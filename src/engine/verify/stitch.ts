/** Covers a quote with the longest runs that stand in one guide: what it is joined from, and where to look for what is nearest. */
import type { Match } from './exact.ts'
import { findExact } from './exact.ts'
import type { GuideText, Run } from './guide-text.ts'
import { countWords, isPunctuation, pieces, type Quote, type Stretch } from './quote.ts'

export type CoveredRun = Stretch & { readonly run: Run }

/** A true piece has at least this many words; fewer stand together by chance. */
const MIN_PIECE_WORDS = 3
/** With more than two pieces they have to be longer than chance makes them. */
const MEAN_WORDS_OF_MANY = 5
/** Beginnings of an omission chain that are tried. */
const MAX_CHAINS = 64
const MAX_OMISSIONS = 20

/** Runs from left to right, each as long as it can be; words that the guide never uses lie between them. */
export function cover(quote: Quote, text: GuideText): CoveredRun[] {
  const runs: CoveredRun[] = []
  let at = quote.core.from
  while (at < quote.core.to) {
    // A sign between two pieces belongs to neither; inside a run it is the run's.
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

/** The true pieces that make up the whole quote, two or more; undefined when something else is in it. */
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

function toPieces(
  quote: Quote,
  runs: readonly CoveredRun[],
  text: GuideText,
): Stretch[] | undefined {
  const found: Stretch[] = []
  let at = quote.core.from
  for (const run of runs) {
    // Between two pieces stands at most punctuation that belongs to neither.
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

/** A quote with `…` inside whose pieces all stand in the guide: in order and close together where they can be. */
export function findOmission(quote: Quote, text: GuideText): Omission | undefined {
  const stretches = pieces(quote)
  if (stretches.length < 2 || stretches.length > MAX_OMISSIONS + 1) return undefined
  const places = stretches.map((stretch) => findExact(quote, stretch, text).whole)
  if (places.some((matches) => matches.length === 0)) return undefined
  let best: Match[] | undefined
  for (const first of (places[0] ?? []).slice(0, MAX_CHAINS)) {
    const chain = chainFrom(first, places.slice(1))
    if (chain && (!best || extent(chain) < extent(best))) best = chain
  }
  if (best) return { matches: best, isInOrder: true }
  return { matches: places.flatMap((matches) => matches.slice(0, 1)), isInOrder: false }
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
