/** A passage's citation, guide and headings as metadata, for frameworks whose documents consist of a text and metadata. */
import type { Citation } from './citation.ts'
import type { Language } from './language.ts'
import type { GuideLink } from './quick-scan.ts'

export type PassageMetadata = Omit<Citation, 'id'> & {
  /** The citation's link, under the name that many chains read. */
  readonly source: string
  readonly title: string
  readonly language: Language
  readonly headingPath: readonly string[]
  readonly guide: Omit<GuideLink, 'language'>
}

export function toPassageMetadata(passage: {
  readonly citation: Citation
  readonly language: Language
  readonly headingPath: readonly string[]
  readonly guide: Omit<GuideLink, 'language'>
}): PassageMetadata {
  const { citation, language, headingPath, guide } = passage
  const { id: _, ...cited } = citation
  return {
    source: citation.url,
    title: guide.title,
    ...cited,
    language,
    headingPath,
    guide: { id: guide.id, title: guide.title, url: guide.url },
  }
}
