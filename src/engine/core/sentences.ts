/** Where sentences end, in English and Spanish; deterministic on every runtime (no ICU data involved). */
import type { Span } from './span.ts'

const BOUNDARY = /(?<=[.!?…]["”’»)*_]{0,2})\s+(?=["“«(¿¡*_]{0,2}[\p{Lu}\p{N}])/gu
/** Full stops that end an abbreviation, not a sentence. */
const ABBREVIATION =
  /(?:^|[\s(])(?:arts?|núms?|col|av|lic|dr|dra|sr|sra|ing|esq|int|ext|tel|fracc?|p|pp|vs|etc|e\.g|i\.e|a\.m|p\.m|ee|ee\. ?uu|mr|mrs|ms|st|inc|jan|feb|mar|apr|aug|sept?|oct|nov|dec)\.$/i

/** `no.` stands for number only before one: `No. 5`. */
const NUMBER_SIGN = /(?:^|[\s(])nos?\.\s+\d$/i

/** Spans of the sentences of a text; together with the white space between them they are the text. */
export function toSentences(text: string): Span[] {
  const spans: Span[] = []
  let start = text.length - text.trimStart().length
  for (const match of text.matchAll(BOUNDARY)) {
    const before = text.slice(start, match.index)
    if (before === '' || ABBREVIATION.test(before.slice(-12))) continue
    const next = match.index + match[0].length
    if (NUMBER_SIGN.test(before.slice(-5) + text.slice(match.index, next + 1))) continue
    spans.push({ start, end: match.index })
    start = next
  }
  const end = text.trimEnd().length
  if (end > start) spans.push({ start, end })
  return spans
}
