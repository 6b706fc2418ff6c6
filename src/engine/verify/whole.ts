/** Finds the whole quote in one of several guides, and says which differences were forgiven. */
import { containsSpan } from '../core/span.ts'
import type { Forgiven } from '../core/verification.ts'
import type { Claim } from './claim.ts'
import { findExact, type Match } from './exact.ts'
import { toForgiven } from './forgiven.ts'
import type { GuideText } from './guide-text.ts'
import type { Quote } from './quote.ts'

export type WholeMatch = {
  readonly quote: Quote
  readonly match: Match
  readonly text: GuideText
}

/**
 * `variants` are readings of one quote: as it is written, and with list numbers left out. A letter-by-letter match is
 * preferred, then one that keeps the punctuation at the quote's ends; among equals, one inside what the claim names.
 */
export function findWhole(
  variants: readonly Quote[],
  texts: readonly GuideText[],
  claim: Claim,
): WholeMatch | undefined {
  for (const quote of variants) {
    for (const text of texts) {
      const literal = findLiteral(quote, text, claim)
      if (literal) return literal
    }
  }
  for (const quote of variants) {
    const everything = { from: 0, to: quote.tokens.length }
    for (const stretch of [everything, quote.core]) {
      for (const text of texts) {
        const match = preferred(findExact(quote, stretch, text).whole, text, claim)
        if (match) return { quote, match, text }
      }
    }
  }
  return undefined
}

/** A letter-by-letter match, Markdown marks included, so that its span is exactly the quote. */
function findLiteral(quote: Quote, text: GuideText, claim: Claim): WholeMatch | undefined {
  const letters = quote.text.trim()
  const first = quote.tokens[0]
  const last = quote.tokens.at(-1)
  if (!first || !last) return undefined
  const lead = first.start - (quote.text.length - quote.text.trimStart().length)
  const everything = { from: 0, to: quote.tokens.length }
  const literal = findExact(quote, everything, text).whole.flatMap((match): Match[] => {
    const start = match.span.start - lead
    const isSame = !match.isCut && text.guide.text.startsWith(letters, start)
    return isSame ? [{ ...match, span: { start, end: start + letters.length } }] : []
  })
  const match = preferred(literal, text, claim)
  return match && { quote, match, text }
}

/** The match in the passage or section that the claim names, if there is one; else the first. */
function preferred(matches: readonly Match[], text: GuideText, claim: Claim): Match | undefined {
  const { passage, anchor } = claim
  const inPassage = passage && matches.find(({ span }) => containsSpan(passage, span))
  if (inPassage) return inPassage
  const section = anchor && text.guide.sections.find((entry) => entry.anchor === anchor)
  const blocks = section ? section.blocks : []
  const start = blocks[0]?.span.start
  const end = blocks.at(-1)?.span.end
  if (start === undefined || end === undefined) return matches[0]
  return matches.find(({ span }) => containsSpan({ start, end }, span)) ?? matches[0]
}

export function forgivenOf({ quote, match, text }: WholeMatch): Forgiven[] {
  const { core, tokens } = quote
  const slice = (from: number, to: number) =>
    quote.text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0)
  const found = text.guide.text.slice(match.span.start, match.span.end)
  if (quote.text.trim() === found) return match.isCut ? ['cut'] : []
  const isWhole = match.to - match.from === tokens.length
  const compared = isWhole ? slice(0, tokens.length) : slice(core.from, core.to)
  const forgiven = toForgiven(compared, found)
  if (hasOuterMarks(quote) && !forgiven.includes('markdown')) forgiven.push('markdown')
  if (!isWhole) forgiven.push('punctuation')
  if (match.isCut) forgiven.push('cut')
  return forgiven
}

/** Markdown marks before the first token or after the last: no slice from token to token contains them. */
function hasOuterMarks({ text, tokens }: Quote): boolean {
  const before = text.slice(0, tokens[0]?.start ?? 0)
  const after = text.slice(tokens.at(-1)?.end ?? text.length)
  return /[#*_~`|>\-+[\]\d]/.test(before + after)
}
