/** The port that turns guides and passages into HTML; its parser is loaded when the first page is rendered. */
import type { Guide } from './guide.ts'

/** How a source mark is shown: its number in the guide's list of sources, and the text for screen readers. */
export type SourceMarkText = { readonly number: number; readonly label: string }

/** What marks a link that leaves the site: a label for screen readers, and what the style sheet draws after it. */
export type ExitText = { readonly label: string; readonly drawn: string }

/** The texts that depend on a guide's sources, which only the page knows. */
export type GuidePageText = {
  readonly mark: (sourceId: string) => SourceMarkText | undefined
  /** For links that leave the site, from a block with these sources. */
  readonly exit: (sourceIds: readonly string[]) => ExitText
}

export type GuideRenderer = {
  /** The guide's text: headings carry their sections' anchors, blocks link to the sources that they rest on. */
  guide(guide: Guide, text: GuidePageText): string
  /** Part of a guide's text, without source marks and ids. */
  passage(markdown: string, exit: ExitText): string
}

export type LoadGuideRenderer = () => Promise<GuideRenderer>

/** The anchor of a source on its guide's page. No heading's anchor has a colon, so the two never clash. */
export function sourceAnchor(sourceId: string): string {
  return `source:${sourceId}`
}
