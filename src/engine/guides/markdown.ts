/** The Markdown parser with positions (CommonMark + GFM tables, strikethrough, autolinks, task lists). */

import type { Nodes, Root } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmAutolinkLiteralFromMarkdown } from 'mdast-util-gfm-autolink-literal'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { gfmAutolinkLiteral } from 'micromark-extension-gfm-autolink-literal'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import type { Span } from '../core/span.ts'

/** Without footnotes on purpose: `[^id]` is a source mark. */
export function parseMarkdown(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfmTable(), gfmStrikethrough(), gfmAutolinkLiteral(), gfmTaskListItem()],
    mdastExtensions: [
      gfmTableFromMarkdown(),
      gfmStrikethroughFromMarkdown(),
      gfmAutolinkLiteralFromMarkdown(),
      gfmTaskListItemFromMarkdown(),
    ],
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
