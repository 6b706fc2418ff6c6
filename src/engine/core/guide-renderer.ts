/** The port that turns guides and passages into HTML; the parser behind it is loaded with the first page. */
import type { Guide } from './guide.ts'

/** How a source mark reads: its number in the guide's list of sources, and what a screen reader says. */
export type SourceMarkText = { readonly number: number; readonly label: string }

/** What a link that leaves the site says: for screen readers, and what the style sheet draws after it. */
export type ExitText = { readonly label: string; readonly drawn: string }

/** What the page knows of a guide's sources. */
export type GuidePageText = {
  readonly mark: (sourceId: string) => SourceMarkText | undefined
  /** For links that leave the site, from a block with these sources. */
  readonly exit: (sourceIds: readonly string[]) => ExitText
}

export type GuideRenderer = {
  /** The guide's text: headings carry their sections' anchors, blocks link to the sources that they rest on. */
  guide(guide: Guide, text: GuidePageText): string
  /** A piece of a guide's text, without marks and ids. */
  passage(markdown: string, exit: ExitText): string
}

export type LoadGuideRenderer = () => Promise<GuideRenderer>

/** Where a source stands on its guide's page; a colon, so that no heading's anchor is the same. */
export function sourceAnchor(sourceId: string): string {
  return `source:${sourceId}`
}
