/** The text nearest to a quote among several guides. */
import { findExact } from './exact.ts'
import type { GuideText } from './guide-text.ts'
import { findNearest, type NearText } from './nearest.ts'
import { countWords, type Quote } from './quote.ts'
import type { CoveredRun } from './stitch.ts'

/** A guide and the runs that it shares with the quote. */
export type CoveredGuide = { readonly text: GuideText; readonly runs: readonly CoveredRun[] }

/** Alignment is the costly step: only the guides with the longest shared runs are aligned. */
const MAX_ALIGNED = 3

export function findNearestOf(
  quote: Quote,
  candidates: readonly CoveredGuide[],
): NearText | undefined {
  return findCutNumber(quote, candidates) ?? findAligned(quote, candidates)
}

function findAligned(quote: Quote, candidates: readonly CoveredGuide[]): NearText | undefined {
  const longest = ({ runs }: CoveredGuide) =>
    runs.reduce((most, run) => Math.max(most, countWords(quote.tokens, run)), 0)
  return candidates
    .map((candidate) => ({ candidate, words: longest(candidate) }))
    .filter(({ words }) => words > 0)
    .sort((a, b) => b.words - a.words)
    .slice(0, MAX_ALIGNED)
    .map(({ candidate }) => findNearest(quote, candidate.runs, candidate.text))
    .reduce<NearText | undefined>(
      (best, near) => (near && (!best || near.similarity > best.similarity) ? near : best),
      undefined,
    )
}

/** For a quote that cuts a number short: the text with the whole number, counted as one differing word. */
function findCutNumber(quote: Quote, candidates: readonly CoveredGuide[]): NearText | undefined {
  for (const { text } of candidates) {
    const [match] = findExact(quote, quote.core, text).cutNumbers
    if (!match) continue
    const words = countWords(quote.tokens, quote.core)
    return { text, from: match.from, to: match.to, edits: 1, similarity: words / (words + 1) }
  }
  return undefined
}
