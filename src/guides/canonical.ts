/** Makes the canonical text: the Markdown body without comments and source marks, and remembers where each mark stood. */
import type { Nodes } from 'mdast'
import type { Span } from '../core/span.ts'
import { parseMarkdown, spanOf, visit } from './markdown.ts'

export type SourceMark = {
  readonly sourceId: string
  /** Offset in the canonical text of the place it was taken from: the end of what it vouches for. */
  readonly at: number
  /** Offset in the body as written, for messages. */
  readonly bodyOffset: number
}

export type CanonicalText = { readonly text: string; readonly marks: readonly SourceMark[] }

type Cut = Span & { readonly sourceId?: string }

/** A mark goes with the spaces before it. The lookbehind leaves `\[^x]` alone. */
const MARK = /[ \t]*(?<!\\)\[\^([^\]\s[]+)\]/g
const COMMENT = /<!--[\s\S]*?-->/g

/** Removes comments and marks (never inside code) and the blank edges; ends with one line feed. Empty stays empty. */
export function toCanonical(body: string): CanonicalText {
  const withoutComments = removeComments(body)
  const cuts = findMarks(withoutComments.text)
  const pieces: string[] = []
  const marks: SourceMark[] = []
  let at = 0
  let length = 0
  for (const cut of cuts) {
    const piece = withoutComments.text.slice(at, cut.start)
    pieces.push(piece)
    length += piece.length
    marks.push({
      sourceId: cut.sourceId ?? '',
      at: length,
      bodyOffset: withoutComments.toBody(cut.start),
    })
    at = cut.end
  }
  pieces.push(withoutComments.text.slice(at))
  return trimEdges(pieces.join(''), marks)
}

function trimEdges(joined: string, marks: SourceMark[]): CanonicalText {
  const lead = /^(?:[ \t]*\n)*/.exec(joined)?.[0].length ?? 0
  const kept = joined.slice(lead).replace(/\s+$/, '')
  return {
    text: kept === '' ? '' : `${kept}\n`,
    marks: marks.map((mark) => ({ ...mark, at: mark.at - lead })),
  }
}

function removeComments(body: string): { text: string; toBody: (offset: number) => number } {
  if (!body.includes('<!--')) return { text: body, toBody: (offset) => offset }
  const cuts: Span[] = []
  visit(parseMarkdown(body), (node) => {
    if (node.type !== 'html') return
    const span = spanOf(node)
    for (const match of body.slice(span.start, span.end).matchAll(COMMENT)) {
      const start = span.start + match.index
      cuts.push({ start, end: start + match[0].length })
    }
  })
  const pieces: string[] = []
  const starts: { text: number; body: number }[] = [{ text: 0, body: 0 }]
  let at = 0
  let length = 0
  for (const cut of cuts) {
    pieces.push(body.slice(at, cut.start))
    length += cut.start - at
    at = cut.end
    starts.push({ text: length, body: at })
  }
  pieces.push(body.slice(at))
  const toBody = (offset: number) => {
    const piece = starts.findLast((start) => start.text <= offset) ?? { text: 0, body: 0 }
    return piece.body + (offset - piece.text)
  }
  return { text: pieces.join(''), toBody }
}

const MARKED: ReadonlySet<Nodes['type']> = new Set(['paragraph', 'tableCell', 'heading'])

function findMarks(text: string): Cut[] {
  const cuts: Cut[] = []
  visit(parseMarkdown(text), (node) => {
    if (!MARKED.has(node.type)) return
    const span = spanOf(node)
    const code: Span[] = []
    visit(node, (inner) => {
      if (inner.type === 'inlineCode' || inner.type === 'html') code.push(spanOf(inner))
    })
    for (const match of text.slice(span.start, span.end).matchAll(MARK)) {
      const start = span.start + match.index
      const end = start + match[0].length
      const bracket = end - match[0].trimStart().length
      if (code.some((inner) => inner.start < end && bracket < inner.end)) continue
      cuts.push({ start, end, sourceId: match[1] ?? '' })
    }
  })
  return cuts.sort((a, b) => a.start - b.start)
}
