/** The Markdown parser with positions (CommonMark + GFM tables, strikethrough, autolinks, task lists). */

import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import type { Span } from '../core/span.ts'

/** `[^id]` is a source mark, not a footnote. */
const WITHOUT_FOOTNOTES = {
  disable: { null: ['gfmFootnoteCall', 'gfmFootnoteDefinition', 'gfmPotentialFootnoteCall'] },
}

export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfm(), WITHOUT_FOOTNOTES],
    mdastExtensions: [gfmFromMarkdown()],
  })
}

/** The span of a node; nodes from the parser always have positions. */
export function spanOf(node: Nodes): Span {
  const start = node.position?.start.offset
  const end = node.position?.end.offset
  if (start === undefined || end === undefined) throw new Error(`a ${node.type} without position`)
  return { start, end }
}

/** Visits a node and its descendants in document order; `parents` are its ancestors, outermost first. */
export function visit(
  node: Nodes,
  visitor: (node: Nodes, parents: readonly Nodes[]) => void,
): void {
  const walk = (current: Nodes, parents: readonly Nodes[]) => {
    visitor(current, parents)
    if ('children' in current) {
      const line = [...parents, current]
      for (const child of current.children) walk(child, line)
    }
  }
  walk(node, [])
}
