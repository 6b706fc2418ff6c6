/** Makes the canonical text: the Markdown body without comments and source marks, and the offset of each mark. */
import type { Nodes } from 'mdast'
import type { Span } from '../core/span.ts'
import { parseMarkdown, spanOf, visit } from './markdown.ts'

export type SourceMark = {
  readonly sourceId: string
  /** Offset in the canonical text where it was removed: the end of the text that it is the source of. */
  readonly at: number
  /** Offset in the body as written, for messages. */
  readonly bodyOffset: number
}

export type CanonicalText = {
  readonly text: string
  readonly marks: readonly SourceMark[]
  /** Maps an offset in the canonical text to one in the body as written, for messages. */
  readonly bodyOffsetOf: (offset: number) => number
}

/** A text with spans cut out: the offset of each cut, and a map from its offsets to those of the original text. */
type CutText = {
  readonly text: string
  readonly cutAt: readonly number[]
  readonly before: (offset: number) => number
}

/** A mark is removed together with the spaces before it. The lookbehind leaves `\[^x]` alone, but not `\\[^x]`. */
const MARK = /[ \t]*(?<!(?<!\\)(?:\\\\)*\\)\[\^([^\]\s[]+)\]/g
const COMMENT = /<!--[\s\S]*?-->/g

/** Removes comments and source marks (never inside code) and blank edges. The result ends with one line feed, or is empty. */
export function toCanonical(body: string): CanonicalText {
  const uncommented = cutOut(body, findComments(body))
  const found = findMarks(uncommented.text)
  const unmarked = cutOut(uncommented.text, found)
  const lead = /^(?:[ \t]*\n)*/.exec(unmarked.text)?.[0].length ?? 0
  const kept = unmarked.text.slice(lead).replace(/\s+$/, '')
  return {
    text: kept === '' ? '' : `${kept}\n`,
    marks: found.map((mark, i) => ({
      sourceId: mark.sourceId,
      at: (unmarked.cutAt[i] ?? 0) - lead,
      bodyOffset: uncommented.before(mark.start),
    })),
    bodyOffsetOf: (offset) => uncommented.before(unmarked.before(offset + lead)),
  }
}

/** Removes spans from a text; they are in order and do not overlap. */
function cutOut(text: string, cuts: readonly Span[]): CutText {
  const pieces: string[] = []
  const cutAt: number[] = []
  const starts = [{ after: 0, before: 0 }]
  let at = 0
  let length = 0
  for (const cut of cuts) {
    pieces.push(text.slice(at, cut.start))
    length += cut.start - at
    at = cut.end
    cutAt.push(length)
    starts.push({ after: length, before: at })
  }
  pieces.push(text.slice(at))
  const before = (offset: number) => {
    const piece = starts.findLast((start) => start.after <= offset) ?? { after: 0, before: 0 }
    return piece.before + (offset - piece.after)
  }
  return { text: pieces.join(''), cutAt, before }
}

function findComments(body: string): Span[] {
  if (!body.includes('<!--')) return []
  const cuts: Span[] = []
  visit(parseMarkdown(body), (node) => {
    if (node.type !== 'html') return
    const span = spanOf(node)
    for (const match of body.slice(span.start, span.end).matchAll(COMMENT)) {
      const start = span.start + match.index
      cuts.push({ start, end: start + match[0].length })
    }
  })
  return cuts
}

const MARKED: ReadonlySet<Nodes['type']> = new Set(['paragraph', 'tableCell', 'heading'])

function findMarks(text: string): (Span & { readonly sourceId: string })[] {
  const cuts: (Span & { readonly sourceId: string })[] = []
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
