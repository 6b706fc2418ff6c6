/** Splits text into sentences. The same on every runtime, since no ICU data is involved. */
import type { Span } from './span.ts'

/** A language's exceptions: words whose full stop does not end a sentence. In lower case, without the stop. */
export type SentenceRules = {
  /** `dr`, `e.g`, `ee. uu`; up to ten characters. */
  readonly abbreviations: readonly string[]
  /** Abbreviations before a number (`No. 5`), ordinary words elsewhere ("no."). */
  readonly numberSigns: readonly string[]
}

/** Spans of the sentences of a text; together with the white space between them they make up the text. */
export type SplitSentences = (text: string) => Span[]

const BOUNDARY = /(?<=[.!?…]["”’»)*_]{0,2})\s+(?=["“«(¿¡*_]{0,2}[\p{Lu}\p{N}])/gu
/** Characters before a boundary that are searched for an abbreviation: up to ten, the full stop, and the one before. */
const ABBREVIATION_REACH = 12

/** A splitter that knows the abbreviations of several languages at once: guides quote one language in another. */
export function createSentenceSplitter(
  languages: Readonly<Record<string, { readonly sentences: SentenceRules }>>,
): SplitSentences {
  const rules = Object.values(languages).map(({ sentences }) => sentences)
  const abbreviation = toPattern(
    rules.flatMap(({ abbreviations }) => abbreviations),
    '\\.$',
  )
  const numberSign = toPattern(
    rules.flatMap(({ numberSigns }) => numberSigns),
    '\\.\\s+\\d$',
  )
  return (text) => {
    const spans: Span[] = []
    let start = text.length - text.trimStart().length
    for (const match of text.matchAll(BOUNDARY)) {
      const before = text.slice(start, match.index).slice(-ABBREVIATION_REACH)
      if (before === '' || abbreviation.test(before)) continue
      const next = match.index + match[0].length
      if (numberSign.test(before + text.slice(match.index, next + 1))) continue
      spans.push({ start, end: match.index })
      start = next
    }
    const end = text.trimEnd().length
    if (end > start) spans.push({ start, end })
    return spans
  }
}

/** Matches any of the words as a whole word followed by `after`; matches nothing when there are no words. */
function toPattern(words: readonly string[], after: string): RegExp {
  if (words.length === 0) return /(?!)/
  const escaped = [...new Set(words)].map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`(?:^|[\\s(])(?:${escaped.join('|')})${after}`, 'i')
}
