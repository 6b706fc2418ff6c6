/** Resolves the id given to `fetch`: a passage, a guide, or a guide starting at one of its sections. */
import { RetrievalError } from '../../engine/core/errors.ts'
import type { Guide, Section } from '../../engine/core/guide.ts'
import { type Language, languageSchema } from '../../engine/core/language.ts'
import type { Library, PassageView } from '../../engine/core/library.ts'

export type FetchTarget =
  | { readonly kind: 'passage'; readonly view: PassageView }
  /** `from`: index of the section to start at. */
  | { readonly kind: 'guide'; readonly guide: Guide; readonly from: number }

/**
 * `nss.en.cost.3fa9c1` is a passage, `nss` and `nss.es` are guides, and `nss.es#cost` is a guide starting at that section.
 * The URL of a guide or citation is accepted too. Throws `not_found`, listing what exists.
 */
export function findTarget(
  id: string,
  library: Library,
  preferred: Language | undefined,
): FetchTarget {
  const view = library.passage(id)
  if (view) return { kind: 'passage', view }
  const { name, language, anchor } = parseId(id)
  const guide = findGuide(name, language, library, preferred, id)
  const from = anchor === undefined ? 0 : guide.sections.findIndex((s) => s.anchor === anchor)
  if (from === -1) {
    throw new RetrievalError(
      'not_found',
      `The guide "${name}" has no section "${anchor?.slice(0, 200)}"; its sections are: ${guide.sections.map((s) => s.anchor).join(', ')}.`,
    )
  }
  return { kind: 'guide', guide, from }
}

/**
 * The guide in the requested language. If none is requested: in the preferred language if it exists, otherwise in any.
 * Throws `not_found`, listing what exists. `asked` is the whole id as the caller wrote it, for the error message.
 */
export function findGuide(
  name: string,
  language: Language | undefined,
  library: Library,
  preferred: Language | undefined,
  asked = name,
): Guide {
  const languages = library.languagesOf(name)
  if (languages.length === 0) {
    const known = [...new Set(library.guides().map((guide) => guide.id))].join(', ')
    throw new RetrievalError(
      'not_found',
      `There is no passage or guide "${asked.slice(0, 200)}". Passage ids come from search and change when their text does; guide ids are: ${known}.`,
    )
  }
  const guide =
    language === undefined
      ? ((preferred && library.guide(name, preferred)) ?? library.guide(name))
      : library.guide(name, language)
  if (!guide) {
    throw new RetrievalError(
      'not_found',
      `The guide "${name}" does not exist in ${language}; it exists in: ${languages.join(', ')}.`,
    )
  }
  return guide
}

/** Offset of a section's first character in the guide's text. */
export function sectionStart(section: Section): number {
  return section.blocks[0]?.span.start ?? 0
}

type ParsedId = { name: string; language?: Language; anchor?: string }

function parseId(id: string): ParsedId {
  const [path = '', anchor] = withoutDirective(id).split('#', 2)
  const [, slug, query = ''] = /\/guides\/([^/?#]+)(?:\?(.*))?$/.exec(path) ?? []
  const [name = '', suffix] = (slug?.replace(/\.(md|json)$/, '') ?? path).split('.', 2)
  const wanted = languageSchema.safeParse(new URLSearchParams(query).get('lang') ?? suffix)
  return {
    name,
    ...(wanted.success ? { language: wanted.data } : {}),
    ...(anchor ? { anchor } : {}),
  }
}

/** Cuts off a text fragment (`:~:text=...`). Browsers never send it, but people copy it along with the URL. */
function withoutDirective(id: string): string {
  return id.trim().split(':~:', 1)[0] ?? ''
}
