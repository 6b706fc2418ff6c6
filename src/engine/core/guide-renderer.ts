/** The port that turns guides and passages into HTML; the parser behind it is loaded with the first page. */
import type { Guide } from './guide.ts'

/** How a source mark reads: its number in the guide's list of sources, and what a screen reader says. */
export type SourceMarkText = { readonly number: number; readonly label: string }

export type GuideRenderer = {
  /** The guide's text: headings carry their sections' anchors, blocks link to the sources that they rest on. */
  guide(guide: Guide, mark: (sourceId: string) => SourceMarkText | undefined): string
  /** A piece of a guide's text, without marks and ids. */
  passage(markdown: string): string
}

export type LoadGuideRenderer = () => Promise<GuideRenderer>

/** Where a source stands on its guide's page; a colon, so that no heading's anchor is the same. */
export function sourceAnchor(sourceId: string): string {
  return `source:${sourceId}`
}
