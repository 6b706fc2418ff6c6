/** The verdict on one quote: that of the first check that succeeds, from "found where the claim says" to "not found". */
import type { Guide } from '../core/guide.ts'
import { containsSpan, type Span } from '../core/span.ts'
import type { Forgiven, Verification } from '../core/verification.ts'
import type { Claim } from './claim.ts'
import type { Match } from './exact.ts'
import type { GuideText } from './guide-text.ts'
import type { NearText } from './nearest.ts'
import { findNearestOf } from './nearest-guide.ts'
import { countWords, type Quote } from './quote.ts'
import { cover, findOmission, findStitched, type Omission } from './stitch.ts'
import { findWhole, forgivenOf, type WholeMatch } from './whole.ts'

/** One quote and where to look for it. */
export type QuoteSearch = {
  readonly claim: Claim
  /** The claim, for messages. */
  readonly where: string
  readonly quote: Quote
  /** Readings of the quote: as it is written, and with list numbers left out. */
  readonly variants: readonly Quote[]
  /** The guides that the claim means, and all others. */
  readonly scope: readonly GuideText[]
  readonly elsewhere: readonly GuideText[]
  /** The anchor of the section that an offset lies in. */
  readonly anchorAt: (guide: Guide, offset: number) => string
}

export type QuoteFinding = {
  readonly verdict: Verification['verdict']
  readonly places: readonly { readonly text: GuideText; readonly span: Span }[]
  readonly reason: string
  /** 0 to 1; 1 when left out. */
  readonly similarity?: number
  readonly forgiven?: Forgiven[]
}

/** A text less similar than this is a different text, not a changed form of the quote's. */
const MIN_SIMILARITY = 0.5
/**
 * Up to this many differing words (at most a quarter of the quote) count as a change, even where joined pieces would
 * explain them too.
 */
const MAX_SMALL_EDITS = 3
/** How much more similar a text elsewhere must be to be preferred to one where the claim says. */
const ELSEWHERE_MARGIN = 0.2
/** Upper limit of a changed text's similarity: 1 is reserved for quotes that are found. */
const MAX_ALTERED_SIMILARITY = 0.999
/** A left-out text of up to this many characters is shown in the reason. */
const MAX_SHOWN_GAP = 60

export function findQuote(search: QuoteSearch): QuoteFinding {
  const { core } = search.quote
  if (core.from === core.to) {
    return {
      verdict: 'not_found',
      places: [],
      reason: 'the quote contains no words',
      similarity: 0,
    }
  }
  return (
    foundWhere(search) ??
    foundElsewhere(search) ??
    joinedByOmission(search) ??
    changedOrJoined(search)
  )
}

function foundWhere(search: QuoteSearch): QuoteFinding | undefined {
  const found = findWhole(search.variants, search.scope, search.claim)
  if (!found) return undefined
  return {
    verdict: 'found',
    places: [placeOf(found)],
    reason: `it is in ${nameOf(found.text)}${otherPlace(search, found)}`,
    forgiven: forgivenOf(found),
  }
}

function foundElsewhere({ variants, elsewhere, scope, claim, where }: QuoteSearch) {
  const found = findWhole(variants, elsewhere, claim)
  if (!found) return undefined
  const missing = scope.length === 0 && claim.note === undefined ? ', which does not exist' : ''
  return {
    verdict: 'misattributed',
    places: [placeOf(found)],
    reason: `it is in ${nameOf(found.text)}, not in ${where}${missing}`,
    forgiven: forgivenOf(found),
  } satisfies QuoteFinding
}

/** A quote with marks of omission, all of whose pieces one guide contains. */
function joinedByOmission(search: QuoteSearch): QuoteFinding | undefined {
  for (const text of [...search.scope, ...search.elsewhere]) {
    const omission = findOmission(search.quote, text)
    if (!omission) continue
    const order = omission.isInOrder ? '' : ', in another order'
    const count = omission.matches.length
    const reason = `${count} pieces of ${nameOf(text)} with text left out${order}${shortGaps(omission, text)}`
    return joined(search, omission.matches, text, reason)
  }
  return undefined
}

/** Where the claim says, then elsewhere: a text with few changes, then joined pieces; else the most similar text of all. */
function changedOrJoined(search: QuoteSearch): QuoteFinding {
  const { quote, scope, elsewhere } = search
  const small = Math.min(MAX_SMALL_EDITS, Math.floor(countWords(quote.tokens, quote.core) / 4))
  let nearest: NearText | undefined
  for (const texts of [scope, elsewhere]) {
    const candidates = texts.map((text) => ({ text, runs: cover(quote, text) }))
    const near = findNearestOf(quote, candidates)
    if (near && near.edits <= small && near.similarity >= MIN_SIMILARITY) {
      return altered(search, near)
    }
    for (const { text, runs } of candidates) {
      const matches = findStitched(quote, runs, text)
      if (!matches) continue
      return joined(search, matches, text, `${matches.length} pieces of ${nameOf(text)} joined`)
    }
    const margin = nearest ? ELSEWHERE_MARGIN : 0
    if (near && near.similarity > (nearest?.similarity ?? 0) + margin) nearest = near
  }
  if (nearest && nearest.similarity >= MIN_SIMILARITY) return altered(search, nearest)
  const similarity = nearest?.similarity ?? 0
  const reason = 'the guides contain no similar text'
  return { verdict: 'not_found', places: [], reason, similarity }
}

function joined(
  { scope, where }: QuoteSearch,
  matches: readonly Match[],
  text: GuideText,
  reason: string,
): QuoteFinding {
  return {
    verdict: 'stitched',
    places: matches.map(({ span }) => ({ text, span })),
    reason: scope.includes(text) ? reason : `${reason}, not of ${where}`,
  }
}

function altered(
  { scope, where }: QuoteSearch,
  { text, from, to, similarity }: NearText,
): QuoteFinding {
  const span = { start: text.tokens[from]?.start ?? 0, end: text.tokens[to - 1]?.end ?? 0 }
  const outside = scope.includes(text) ? '' : `, not in ${where}`
  return {
    verdict: 'altered',
    places: [{ text, span }],
    reason: `the nearest text, in ${nameOf(text)}${outside}, differs`,
    similarity: Math.min(similarity, MAX_ALTERED_SIMILARITY),
  }
}

function placeOf({ match, text }: WholeMatch) {
  return { text, span: match.span }
}

/** Where in the guide the quote was found, when that is not where the claim says. */
function otherPlace({ claim, anchorAt }: QuoteSearch, { match, text }: WholeMatch): string {
  const { passage, anchor } = claim
  if (passage && !containsSpan(passage, match.span)) return ', outside the named passage'
  const found = anchorAt(text.guide, match.span.start)
  return anchor !== undefined && anchor !== found ? `, under #${found}, not #${anchor}` : ''
}

/** Short left-out texts: a few words ("no", "except") may reverse the meaning, so a reader should see them. */
function shortGaps({ matches, isInOrder }: Omission, text: GuideText): string {
  if (!isInOrder) return ''
  const gaps = matches.slice(1).flatMap(({ span }, i) => {
    const gap = text.guide.text.slice(matches[i]?.span.end, span.start).trim()
    return gap !== '' && gap.length <= MAX_SHOWN_GAP ? [JSON.stringify(gap)] : []
  })
  return gaps.length === 0 ? '' : `: ${gaps.join(', ')}`
}

function nameOf({ guide: { meta } }: GuideText): string {
  return `"${meta.title}" (${meta.id}, ${meta.language})`
}
