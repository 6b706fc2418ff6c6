/** Where a quote is said to stand: a guide of ours in one language or both, and the section or passage it names. */
import { LANGUAGES, type Language, languageSchema } from '../core/language.ts'
import type { Passage } from '../core/passage.ts'
import type { QuoteClaim } from '../core/verification.ts'

export type Claim = {
  /** As the caller wrote it; undefined when nothing was said. */
  readonly said?: string
  readonly guideId?: string
  readonly language?: Language
  readonly anchor?: string
  readonly passage?: Passage
  /** The site that the address names; undefined for a relative one. */
  readonly site?: string
  /** What a reader should know of how the claim was understood. */
  readonly note?: string
}

const NOT_OURS = 'the url is not one of a guide or a passage of this service'
const NO_SITE = 'https://guides.invalid'
const PASSAGE_ID = /^([a-z0-9-]+)\.([a-z]{2})\.([a-z0-9-]+)\.[0-9a-f]{6}$/

export function parseClaim(
  claim: QuoteClaim,
  passageOf: (id: string) => Passage | undefined,
): Claim {
  const { url, guide, passage, language } = claim
  if (passage !== undefined) return fromPassage(passage, passageOf)
  if (guide !== undefined) return { said: guide, guideId: guide, language }
  if (url !== undefined) return fromUrl(url, language, passageOf)
  return { language }
}

function fromPassage(id: string, passageOf: (id: string) => Passage | undefined): Claim {
  const passage = passageOf(id)
  if (passage) {
    return { said: id, guideId: passage.guideId, language: passage.language, passage }
  }
  const [, guideId, tag, anchor] = PASSAGE_ID.exec(id) ?? []
  const language = toLanguage(tag)
  if (!guideId || !language) return { said: id, note: `"${id}" is not the id of a passage` }
  const note = `there is no passage "${id}" any more, so its whole guide was searched`
  return { said: id, guideId, language, anchor, note }
}

/** A citation's or a guide's address, whatever it begins with. */
function fromUrl(
  url: string,
  given: Language | undefined,
  passageOf: (id: string) => Passage | undefined,
): Claim {
  const address = toUrl(url)
  const [, kind, last] = /\/(guides|passages)\/([^/]+)\/?$/.exec(address?.pathname ?? '') ?? []
  const name = last === undefined ? undefined : decode(last)
  if (!address || name === undefined) return { said: url, note: NOT_OURS }
  if (kind === 'passages') return { ...fromPassage(name, passageOf), said: url }
  const anchor = decode(address.hash.slice(1).split(':~:')[0] ?? '')
  return {
    said: url,
    ...(address.origin === NO_SITE ? {} : { site: address.origin }),
    guideId: name.replace(/\.(?:md|json|html)$/, ''),
    language: toLanguage(address.searchParams.get('lang')) ?? given,
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

function toLanguage(tag: string | null | undefined): Language | undefined {
  return languageSchema.safeParse(tag).data
}

/** For messages: `guide "nss" (en)`, or both languages. */
export function describeClaim({ guideId, language }: Claim): string {
  if (guideId === undefined) return 'the guides'
  return `guide "${guideId}" (${language ?? LANGUAGES.join(' and ')})`
}
