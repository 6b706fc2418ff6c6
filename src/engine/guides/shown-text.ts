/** Markdown as a browser shows it: the text of each paragraph, list item's paragraph, table cell, heading and code block. */
import type { Nodes, Root } from 'mdast'
import type { Span } from '../core/span.ts'
import { parseMarkdown, spanOf, visit } from './markdown.ts'

export type ShownBlock = {
  /** White space collapsed; never empty. */
  readonly text: string
  readonly span: Span
  /** The offset in `text` of an offset into the Markdown. */
  at(offset: number): number
}

const LEAVES: ReadonlySet<Nodes['type']> = new Set(['paragraph', 'tableCell', 'heading', 'code'])

/**
 * In document order. A hard break ends a block, since browsers differ in matching words across it. `tree` is the parsed
 * Markdown, if the caller has it.
 */
export function shownBlocks(markdown: string, tree: Root = parseMarkdown(markdown)): ShownBlock[] {
  const blocks: ShownBlock[] = []
  visit(tree, (node) => {
    if (!LEAVES.has(node.type)) return
    for (const pieces of piecesOf(node, markdown)) {
      const block = toBlock(pieces)
      if (block.text !== '') blocks.push(block)
    }
  })
  return blocks
}

/** Shown characters, each with the offset that it begins at. */
type Pieces = { char: string; offset: number }[]

/** What a browser shows: no tags, and no alternative texts of images. */
function piecesOf(leaf: Nodes, markdown: string): Pieces[] {
  const lines: Pieces[] = [[]]
  visit(leaf, (node) => {
    if (node.type === 'break') lines.push([])
    if (!('value' in node) || node.type === 'html') return
    const { start, end } = spanOf(node)
    lines.at(-1)?.push(...align(node.value, markdown.slice(start, end), start))
  })
  return lines
}

/**
 * Pairs shown characters with those of the Markdown; characters that only the Markdown has (escapes, code marks) are
 * skipped.
 */
function align(value: string, source: string, start: number): Pieces {
  let at = 0
  return [...value].map((char) => {
    const found = source.indexOf(char, at)
    // A character reference (&amp;) shows a character that the source does not have.
    if (found !== -1) at = found
    const offset = start + at
    if (found !== -1) at += char.length
    return { char, offset }
  })
}

function toBlock(pieces: Pieces): ShownBlock {
  let text = ''
  const marks: { offset: number; at: number }[] = []
  for (const { char, offset } of pieces) {
    const isSpace = /\s/.test(char)
    if (isSpace && (text === '' || text.endsWith(' '))) continue
    marks.push({ offset, at: text.length })
    text += isSpace ? ' ' : char
  }
  const shown = text.trimEnd()
  const last = pieces.at(-1)
  return {
    text: shown,
    span: {
      start: pieces[0]?.offset ?? 0,
      end: last === undefined ? 0 : last.offset + last.char.length,
    },
    at: (offset) => marks.find((mark) => mark.offset >= offset)?.at ?? shown.length,
  }
}
