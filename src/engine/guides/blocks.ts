/** Turns the canonical text into blocks with spans, from which sections and passages are made. */

import type { Root, RootContent } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import type { Block, BlockKind, BlockPart } from '../core/guide.ts'
import { containsSpan, type Span } from '../core/span.ts'
import type { SourceMark } from './canonical.ts'
import { spanOf } from './markdown.ts'

const KINDS: Partial<Record<RootContent['type'], BlockKind>> = {
  heading: 'heading',
  paragraph: 'paragraph',
  list: 'list',
  table: 'table',
  blockquote: 'quote',
  code: 'code',
  html: 'html',
  definition: 'definition',
  thematicBreak: 'rule',
}

export type ParsedBlocks = {
  readonly blocks: readonly Block[]
  /** Marks outside every block, for the caller to refuse. */
  readonly strayMarks: readonly SourceMark[]
}

/** `tree` is the canonical text, parsed by `parseMarkdown`. */
export function toBlocks(tree: Root, marks: readonly SourceMark[] = []): ParsedBlocks {
  const placed = new Set<SourceMark>()
  const blocks = tree.children.map((node): Block => {
    const kind = KINDS[node.type] ?? 'paragraph'
    const span = spanOf(node)
    const parts = partSpans(node).map((part): BlockPart => {
      const own = marks.filter((mark) => part.start < mark.at && mark.at <= part.end)
      for (const mark of own) placed.add(mark)
      return { span: part, sourceIds: [...new Set(own.map((mark) => mark.sourceId))] }
    })
    if (node.type !== 'heading') return { kind, span, parts }
    return { kind, span, parts: [], depth: node.depth, title: textOf(node).trim() }
  })
  return { blocks, strayMarks: marks.filter((mark) => !placed.has(mark)) }
}

/** List items and table rows are parts of their own; any other block is one part. */
function partSpans(node: RootContent): Span[] {
  if (node.type === 'heading') return []
  if (node.type === 'list' || node.type === 'table') return node.children.map(spanOf)
  return [spanOf(node)]
}

/** The parts whose span lies within a given one. */
export function partsWithin(blocks: readonly Block[], span: Span): BlockPart[] {
  return blocks.flatMap((block) => block.parts.filter((part) => containsSpan(span, part.span)))
}
