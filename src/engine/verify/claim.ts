/** Where a quote is claimed to be from: a guide, in one language or any, and the section or passage, if one is named. */
import type { Language } from '../core/language.ts'
import type { Passage } from '../core/passage.ts'
import type { QuoteClaim } from '../core/verification.ts'

export type Claim = {
  /** The claimed origin, as the caller wrote it; undefined when none was named. */
  readonly said?: string
  readonly guideId?: string
  readonly language?: Language
  readonly anchor?: string
  readonly passage?: Passage
  /** The origin part of a claimed URL; undefined for a relative one. */
  readonly site?: string
  /** How the claim was understood, where that is not obvious; added to the reason. */
  readonly note?: string
}

const NOT_OURS = 'the url is not that of a guide or a passage of this service'
/** The base that relative URLs are resolved against. */
const NO_SITE = 'https://guides.invalid'
const PASSAGE_ID = /^([a-z0-9-]+)\.([a-z]{2})\.([a-z0-9-]+)\.[0-9a-f]{6}$/

/** What claims may name. */
export type ClaimScope = {
  readonly languages: readonly Language[]
  passageOf(id: string): Passage | undefined
}

export function parseClaim(claim: QuoteClaim, scope: ClaimScope): Claim {
  const { url, guide, passage, language } = claim
  if (passage !== undefined) return fromPassage(passage, scope)
  if (guide !== undefined) return { said: guide, guideId: guide, language }
  if (url !== undefined) return fromUrl(url, language, scope)
  return { language }
}

function fromPassage(id: string, scope: ClaimScope): Claim {
  const passage = scope.passageOf(id)
  if (passage) {
    return { said: id, guideId: passage.guideId, language: passage.language, passage }
  }
  const [, guideId, tag, anchor] = PASSAGE_ID.exec(id) ?? []
  const language = toLanguage(tag, scope)
  if (!guideId || !language) return { said: id, note: `"${id}" is not the id of a passage` }
  const note = `the passage "${id}" no longer exists, so its whole guide was searched`
  return { said: id, guideId, language, anchor, note }
}

/** Parses the URL of a citation or a guide, on whatever site. */
function fromUrl(url: string, given: Language | undefined, scope: ClaimScope): Claim {
  const address = toUrl(url)
  const [, kind, last] = /\/(guides|passages)\/([^/]+)\/?$/.exec(address?.pathname ?? '') ?? []
  const name = last === undefined ? undefined : decode(last)
  if (!address || name === undefined) return { said: url, note: NOT_OURS }
  if (kind === 'passages') return { ...fromPassage(name, scope), said: url }
  const anchor = decode(address.hash.slice(1).split(':~:')[0] ?? '')
  return {
    said: url,
    ...(address.origin === NO_SITE ? {} : { site: address.origin }),
    guideId: name.replace(/\.(?:md|json|html)$/, ''),
    language: toLanguage(address.searchParams.get('lang'), scope) ?? given,
    ...(anchor ? { anchor } : {}),
  }
}

function toUrl(url: string): URL | undefined {
  try {
    return new URL(url, NO_SITE)
  } catch {
    return undefined
  }
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

function toLanguage(
  tag: string | null | undefined,
  { languages }: ClaimScope,
): Language | undefined {
  return languages.find((language) => language === tag)
}

/** For messages: `guide "nss" (en)`, or all languages. */
export function describeClaim({ guideId, language }: Claim, { languages }: ClaimScope): string {
  if (guideId === undefined) return 'the guides'
  return `guide "${guideId}" (${language ?? languages.join(' and ')})`
}
