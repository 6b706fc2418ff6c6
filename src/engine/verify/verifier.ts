/** The Verifier: says of each quote whether it stands in a guide, was joined from it, was changed, stands elsewhere or nowhere. */
import type { PointTo } from '../core/fragment-search.ts'
import type { Guide } from '../core/guide.ts'
import type { Passage } from '../core/passage.ts'
import type { GuideLink } from '../core/quick-scan.ts'
import { containsSpan } from '../core/span.ts'
import type { Forgiven, QuoteClaim, Verification, Verifier } from '../core/verification.ts'
import { type Claim, describeClaim, parseClaim } from './claim.ts'
import { findExact, type Match } from './exact.ts'
import { toForgiven } from './forgiven.ts'
import { createGuideText, createVocabulary, type GuideText } from './guide-text.ts'
import { findNearest, type Near } from './nearest.ts'
import { createPlaces } from './place.ts'
import { countWords, type Quote, toQuote, withoutListNumbers } from './quote.ts'
import { cover, findOmission, findStitched, type Omission } from './stitch.ts'

export type VerifierOptions = {
  readonly guides: readonly Guide[]
  readonly passages: readonly Passage[]
  readonly indexId: string
  readonly link: (meta: Guide['meta']) => GuideLink
  readonly pointTo: PointTo
}

/** Below this a text is not the quote's text changed but another one. */
const MIN_SIMILARITY = 0.5
/** Up to so many differing words (at most a quarter of the quote) are a change, even where pieces would explain them too. */
const MAX_SMALL_EDITS = 3
/** A text elsewhere has to be so much nearer than one where the quote is said to stand. */
const ELSEWHERE_MARGIN = 0.2
/** Characters of a gap that a reason repeats. */
const MAX_SHOWN_GAP = 60

type Found = { readonly quote: Quote; readonly match: Match; readonly text: GuideText }

export function createVerifier(options: VerifierOptions): Verifier {
  const vocabulary = createVocabulary()
  const texts = options.guides.map((guide) => createGuideText(guide, vocabulary))
  const passages = new Map(options.passages.map((passage) => [passage.id, passage]))
  const places = createPlaces(options.passages, options.link, options.pointTo)
  const [first] = options.guides
  const site = first && siteOf(options.link(first.meta).url)

  const verifyOne = (asked: QuoteClaim): Verification => {
    const claim = withSiteNote(
      parseClaim(asked, (id) => passages.get(id)),
      site,
    )
    const answer = (
      verdict: Verification['verdict'],
      found: readonly { text: GuideText; span: Match['span'] }[],
      reason: string,
      rest: { similarity?: number; forgiven?: Forgiven[] } = {},
    ): Verification => ({
      quote: asked.quote,
      verdict,
      places: found.map(({ text, span }) => places.toPlace(text.guide, span)),
      similarity: Math.round((rest.similarity ?? 1) * 1000) / 1000,
      forgiven: rest.forgiven ?? [],
      reason: claim.note ? `${reason} (${claim.note})` : reason,
    })

    const isMeant = (text: GuideText) => isInScope(claim, text)
    const scope = texts.filter(isMeant)
    const elsewhere = texts.filter((text) => !isMeant(text))
    const quote = toQuote(asked.quote, vocabulary)
    const variants = [quote, withoutListNumbers(asked.quote, vocabulary)].filter(
      (variant) => variant !== undefined,
    )
    if (quote.core.from === quote.core.to) {
      return answer('not_found', [], 'the quote holds no words', { similarity: 0 })
    }
    const where = describeClaim(claim)
    const here = findWhole(variants, scope, claim)
    if (here) {
      const reason = `it stands in ${nameOf(here.text)}${besides(claim, here, places.anchorAt)}`
      return answer('found', [toSpan(here)], reason, { forgiven: forgivenOf(here) })
    }
    const away = findWhole(variants, elsewhere, claim)
    if (away) {
      const missing = scope.length === 0 && claim.note === undefined ? ', which does not exist' : ''
      const reason = `it stands in ${nameOf(away.text)}, not in ${where}${missing}`
      return answer('misattributed', [toSpan(away)], reason, { forgiven: forgivenOf(away) })
    }

    const stitched = (matches: readonly Match[], text: GuideText, reason: string) =>
      answer(
        'stitched',
        matches.map(({ span }) => ({ text, span })),
        isMeant(text) ? reason : `${reason}, not of ${where}`,
      )
    for (const text of [...scope, ...elsewhere]) {
      const omission = findOmission(quote, text)
      if (!omission) continue
      const order = omission.isInOrder ? '' : ', in another order'
      const count = omission.matches.length
      return stitched(
        omission.matches,
        text,
        `${count} pieces of ${nameOf(text)} with text left out${order}${shortGaps(omission, text)}`,
      )
    }

    const covered = (among: readonly GuideText[]) =>
      among.map((text) => ({ text, runs: cover(quote, text) }))
    const small = Math.min(MAX_SMALL_EDITS, Math.floor(countWords(quote.tokens, quote.core) / 4))
    let nearest: Near | undefined
    for (const isHere of [true, false]) {
      const candidates = covered(isHere ? scope : elsewhere)
      const near = cutNumber(quote, candidates) ?? findBest(quote, candidates)
      if (near && near.edits <= small && near.similarity >= MIN_SIMILARITY) {
        nearest = near
        break
      }
      for (const { text, runs } of candidates) {
        const matches = findStitched(quote, runs, text)
        if (!matches) continue
        return stitched(matches, text, `${matches.length} pieces of ${nameOf(text)} joined`)
      }
      const margin = nearest ? ELSEWHERE_MARGIN : 0
      if (near && near.similarity > (nearest?.similarity ?? 0) + margin) nearest = near
    }
    if (!nearest || nearest.similarity < MIN_SIMILARITY) {
      const similarity = nearest?.similarity ?? 0
      return answer('not_found', [], 'no text of the guides comes near', { similarity })
    }
    const outside = isMeant(nearest.text) ? '' : `, and not of ${where}`
    return answer(
      'altered',
      [{ text: nearest.text, span: spanOf(nearest) }],
      `the nearest text, of ${nameOf(nearest.text)}${outside}, differs`,
      { similarity: Math.min(nearest.similarity, 0.999) },
    )
  }

  return {
    verify: ({ citations }) => ({
      results: citations.map(verifyOne),
      index: { id: options.indexId },
    }),
  }
}

/** Quotes are checked by the path alone, since a service has several addresses; a foreign one is told. */
function withSiteNote(claim: Claim, site: string | undefined): Claim {
  if (claim.site === undefined || site === undefined || claim.site === site) return claim
  return { ...claim, note: `${claim.site} is not the address of this service, ${site}` }
}

function siteOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined
}

function isInScope(claim: Claim, { guide: { meta } }: GuideText): boolean {
  if (claim.language !== undefined && meta.language !== claim.language) return false
  if (claim.guideId !== undefined) return meta.id === claim.guideId
  // Said to stand at an address that leads to none of our guides: in no scope.
  return claim.said === undefined
}

/** The whole quote in one of the guides: as it is written, or with the numbers of a list; inside what the claim names, if it can be. */
function findWhole(
  variants: readonly Quote[],
  texts: readonly GuideText[],
  claim: Claim,
): Found | undefined {
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

/** The quote letter by letter, marks and all: its span is then exactly itself. */
function findLiteral(quote: Quote, text: GuideText, claim: Claim): Found | undefined {
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

/** Where in the guide, when that is not where the claim says. */
function besides(
  { passage, anchor }: Claim,
  { match, text }: Found,
  anchorAt: (guide: Guide, offset: number) => string,
): string {
  if (passage && !containsSpan(passage, match.span)) return ', beyond the passage that is named'
  const stands = anchorAt(text.guide, match.span.start)
  return anchor !== undefined && anchor !== stands ? `, under #${stands}, not #${anchor}` : ''
}

function toSpan({ match, text }: Found) {
  return { text, span: match.span }
}

function forgivenOf({ quote, match, text }: Found): Forgiven[] {
  const { core, tokens } = quote
  const slice = (from: number, to: number) =>
    quote.text.slice(tokens[from]?.start ?? 0, tokens[to - 1]?.end ?? 0)
  const found = text.guide.text.slice(match.span.start, match.span.end)
  if (quote.text.trim() === found) return match.isCut ? ['cut'] : []
  const isWhole = match.to - match.from === tokens.length
  const compared = isWhole ? slice(0, tokens.length) : slice(core.from, core.to)
  const forgiven = toForgiven(compared, found)
  // Marks before the first word or after the last are outside both slices.
  const hasOuterMarks = scanHasOuterMarks(quote)
  if (hasOuterMarks && !forgiven.includes('markdown')) forgiven.push('markdown')
  if (!isWhole) forgiven.push('punctuation')
  if (match.isCut) forgiven.push('cut')
  return forgiven
}

function scanHasOuterMarks({ text, tokens }: Quote): boolean {
  const before = text.slice(0, tokens[0]?.start ?? 0)
  const after = text.slice(tokens.at(-1)?.end ?? text.length)
  return /[#*_~`|>\-+[\]\d]/.test(before + after)
}

/** A few words left out may turn the sense round ("no", "except"), so a reader should see them. */
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

type Covered = { readonly text: GuideText; readonly runs: ReturnType<typeof cover> }

/** The nearest text of the guides that share the longest runs with the quote. */
function findBest(quote: Quote, candidates: readonly Covered[]): Near | undefined {
  const MAX_ALIGNED = 3
  const longest = ({ runs }: Covered) =>
    runs.reduce((most, run) => Math.max(most, countWords(quote.tokens, run)), 0)
  return candidates
    .map((candidate) => ({ candidate, words: longest(candidate) }))
    .filter(({ words }) => words > 0)
    .sort((a, b) => b.words - a.words)
    .slice(0, MAX_ALIGNED)
    .map(({ candidate }) => findNearest(quote, candidate.runs, candidate.text))
    .reduce<Near | undefined>(
      (best, near) => (near && (!best || near.similarity > best.similarity) ? near : best),
      undefined,
    )
}

/** The quote with a number that it breaks off, as a near text: the whole number differs from it. */
function cutNumber(quote: Quote, candidates: readonly Covered[]): Near | undefined {
  for (const { text } of candidates) {
    const [match] = findExact(quote, quote.core, text).cutNumbers
    if (!match) continue
    const words = countWords(quote.tokens, quote.core)
    return { text, from: match.from, to: match.to, edits: 1, similarity: words / (words + 1) }
  }
  return undefined
}

function spanOf({ text, from, to }: Near) {
  return { start: text.tokens[from]?.start ?? 0, end: text.tokens[to - 1]?.end ?? 0 }
}
