/** What the id given to `fetch` names: a passage, a guide, or a guide from one of its sections on. */
import { RetrievalError } from '../../engine/core/errors.ts'
import type { Guide, Section } from '../../engine/core/guide.ts'
import { type Language, languageSchema } from '../../engine/core/language.ts'
import type { Library, PassageView } from '../../engine/core/library.ts'

export type FetchTarget =
  | { readonly kind: 'passage'; readonly view: PassageView }
  /** `from`: index of the section to begin with. */
  | { readonly kind: 'guide'; readonly guide: Guide; readonly from: number }

/**
 * `nss.en.cost.3fa9c1` is a passage, `nss` and `nss.es` are guides, `nss.es#cost` a guide from that section on; the
 * address of a guide or citation is understood as well. Throws `not_found` with what exists.
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
 * The guide in the language asked for; without one in the preferred language, else in whichever it is written in.
 * Throws `not_found` with what exists.
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
      `The guide "${name}" is not written in ${language} yet; it exists in: ${languages.join(', ')}.`,
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

/** Browsers never send the text fragment, but people copy it with the address. */
function withoutDirective(id: string): string {
  return id.trim().split(':~:', 1)[0] ?? ''
}
