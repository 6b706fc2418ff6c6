/** Half-open [start, end) UTF-16 offsets into a guide's canonical text. */

export type Span = { readonly start: number; readonly end: number }

export function sliceSpan(text: string, span: Span): string {
  return text.slice(span.start, span.end)
}

export function containsSpan(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end
}

/** How many UTF-16 units two spans share; 0 when they do not overlap. */
export function overlapLength(a: Span, b: Span): number {
  return Math.max(0, Math.min(a.end, b.end) - Math.max(a.start, b.start))
}

/** The line of an offset, from 1; for messages. */
export function lineAt(text: string, offset: number): number {
  let line = 1
  for (let i = text.indexOf('\n'); i !== -1 && i < offset; i = text.indexOf('\n', i + 1)) line++
  return line
}
