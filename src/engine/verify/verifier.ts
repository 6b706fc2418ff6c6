/**
 * The Verifier: decides for each quote whether a guide contains it, whether it was joined or changed, or whether it is
 * from elsewhere or from no guide at all.
 */
import type { PointTo } from '../core/fragment-search.ts'
import type { Guide } from '../core/guide.ts'
import type { Passage } from '../core/passage.ts'
import type { GuideLink } from '../core/quick-scan.ts'
import type { QuoteClaim, Verification, Verifier } from '../core/verification.ts'
import type { LanguageProfiles } from '../languages/profile.ts'
import { type Claim, type ClaimScope, describeClaim, parseClaim } from './claim.ts'
import { findQuote, type QuoteSearch } from './findings.ts'
import { createGuideText, createVocabulary, type GuideText, type Vocabulary } from './guide-text.ts'
import { createQuotePlaces } from './place.ts'
import { toQuote, withoutListNumbers } from './quote.ts'
import { createWordRules } from './word-rules.ts'

export type VerifierOptions = {
  readonly guides: readonly Guide[]
  readonly passages: readonly Passage[]
  readonly indexId: string
  /** Profiles of the languages that claims may name. */
  readonly languages: LanguageProfiles<'verification'>
  readonly link: (meta: Guide['meta']) => GuideLink
  readonly pointTo: PointTo
}

export function createVerifier(options: VerifierOptions): Verifier {
  const vocabulary = createVocabulary()
  const rules = createWordRules(options.languages)
  const texts = options.guides.map((guide) => createGuideText(guide, vocabulary, rules))
  const passages = new Map(options.passages.map((passage) => [passage.id, passage]))
  const places = createQuotePlaces(options.passages, options.link, options.pointTo)
  const [first] = options.guides
  const site = first && siteOf(options.link(first.meta).url)
  const claimScope: ClaimScope = {
    languages: Object.keys(options.languages),
    passageOf: (id) => passages.get(id),
  }

  const verifyOne = (asked: QuoteClaim): Verification => {
    const claim = withSiteNote(parseClaim(asked, claimScope), site)
    const where = describeClaim(claim, claimScope)
    const search = toSearch(asked.quote, { claim, where, texts, vocabulary })
    const finding = findQuote({ ...search, anchorAt: places.anchorAt })
    return {
      quote: asked.quote,
      verdict: finding.verdict,
      places: finding.places.map(({ text, span }) => places.toPlace(text.guide, span)),
      similarity: Math.round((finding.similarity ?? 1) * 1000) / 1000,
      forgiven: finding.forgiven ?? [],
      reason: claim.note ? `${finding.reason} (${claim.note})` : finding.reason,
    }
  }

  return {
    verify: ({ citations }) => ({
      results: citations.map(verifyOne),
      index: { id: options.indexId },
    }),
  }
}

type SearchParts = Pick<QuoteSearch, 'claim' | 'where'> & {
  readonly texts: readonly GuideText[]
  readonly vocabulary: Vocabulary
}

function toSearch(
  text: string,
  { claim, where, texts, vocabulary }: SearchParts,
): Omit<QuoteSearch, 'anchorAt'> {
  const quote = toQuote(text, vocabulary)
  const numbered = withoutListNumbers(text, vocabulary)
  return {
    claim,
    where,
    quote,
    variants: numbered ? [quote, numbered] : [quote],
    scope: texts.filter((one) => isMeant(claim, one)),
    elsewhere: texts.filter((one) => !isMeant(claim, one)),
  }
}

/** Only the path of a URL decides where to look, since one service may have several addresses; another site gets a note. */
function withSiteNote(claim: Claim, site: string | undefined): Claim {
  if (claim.site === undefined || site === undefined || claim.site === site) return claim
  return { ...claim, note: `${claim.site} is not the address of this service, ${site}` }
}

function siteOf(url: string): string | undefined {
  return URL.canParse(url) ? new URL(url).origin : undefined
}

function isMeant(claim: Claim, { guide: { meta } }: GuideText): boolean {
  if (claim.language !== undefined && meta.language !== claim.language) return false
  if (claim.guideId !== undefined) return meta.id === claim.guideId
  // A claim that names an origin but no guide of ours means none of them.
  return claim.said === undefined
}
