/** Splits one over-long text with LangChain's recursive splitter and keeps exact offsets. */
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters'
import { RetrievalError } from '../../core/errors.ts'
import type { Span } from '../../core/span.ts'

/** First length tried for a piece, in UTF-16 units; doubled while it fits. */
const FIRST_REACH = 64

type CountTokens = (text: string) => number

/**
 * Spans in order that cover everything but white space, each within `maxTokens` or a single character. The splitter is
 * given a copy of the text, of the same length, in which a private-use character marks the ends of sentences. It keeps
 * its separators and nothing overlaps, so each piece begins where the previous one ended and offsets can be counted:
 * the splitter's own are wrong on repetitive text.
 */
export function createLangchainSplitter(options: {
  countTokens: CountTokens
  toSentences: (text: string) => readonly Span[]
}): (text: string, maxTokens: number) => Promise<Span[]> {
  const { countTokens, toSentences } = options
  return async (text, maxTokens) => {
    const [gap, never] = unusedCharacters(text)
    const isGap = (character: string | undefined) => character === gap || /\s/.test(character ?? '')
    const splitter = new RecursiveCharacterTextSplitter({
      chunkSize: maxTokens,
      chunkOverlap: 0,
      keepSeparator: true,
      // After its last separator the splitter cuts anywhere, even inside a character; one that never occurs prevents that.
      separators: [gap, '\n', ' ', never],
      lengthFunction: (shadow: string) => countTokens(shadow.replaceAll(gap, ' ')),
    })
    const shadow = toShadow(text, toSentences(text), gap)
    const spans: Span[] = []
    let cursor = 0
    for (const piece of await splitter.splitText(shadow)) {
      while (cursor < shadow.length && !shadow.startsWith(piece, cursor) && isGap(shadow[cursor])) {
        cursor++
      }
      if (!shadow.startsWith(piece, cursor)) {
        throw new RetrievalError(
          'internal',
          `the text splitter returned a piece that is not a slice, at offset ${cursor}`,
        )
      }
      const span = trimmed(text, { start: cursor, end: cursor + piece.length })
      cursor += piece.length
      spans.push(...cutToFit(text, span, maxTokens, countTokens))
    }
    return spans
  }
}

/** Two private-use characters that the text does not contain; the first replaces the white space between sentences. */
function unusedCharacters(text: string): [string, string] {
  const unused: string[] = []
  for (let code = 0xe000; code <= 0xf8ff && unused.length < 2; code++) {
    const character = String.fromCharCode(code)
    if (!text.includes(character)) unused.push(character)
  }
  return [unused[0] ?? '\uE000', unused[1] ?? '\uE001']
}

function toShadow(text: string, sentences: readonly Span[], gap: string): string {
  const characters = text.split('')
  for (const sentence of sentences.slice(1)) characters[sentence.start - 1] = gap
  return characters.join('')
}

function trimmed(text: string, { start, end }: Span): Span {
  const slice = text.slice(start, end)
  const lead = slice.length - slice.trimStart().length
  return { start: start + lead, end: Math.max(start + lead, start + slice.trimEnd().length) }
}

/** Cuts what the splitter leaves too long: a long word, or words that take more tokens together than apart. */
function cutToFit(text: string, span: Span, maxTokens: number, countTokens: CountTokens): Span[] {
  const spans: Span[] = []
  let rest = span
  while (rest.end > rest.start) {
    const end = fittingEnd(text, rest, maxTokens, countTokens)
    const piece = trimmed(text, { start: rest.start, end })
    if (piece.end > piece.start) spans.push(piece)
    rest = trimmed(text, { start: end, end: rest.end })
  }
  return spans
}

/** The last end within the budget: before white space if there is any, and never inside a character. */
function fittingEnd(text: string, span: Span, maxTokens: number, countTokens: CountTokens): number {
  const { start } = span
  const whole = (end: number) => (/[\uDC00-\uDFFF]/.test(text[end] ?? '') ? end + 1 : end)
  const fits = (end: number) => countTokens(text.slice(start, end)) <= maxTokens
  let good = whole(start + 1)
  let bad = whole(Math.min(start + FIRST_REACH, span.end))
  while (bad > good && fits(bad)) {
    if (bad === span.end) return bad
    good = bad
    bad = whole(Math.min(start + (bad - start) * 2, span.end))
  }
  while (bad - good > 1) {
    const middle = whole(good + Math.floor((bad - good) / 2))
    if (middle >= bad) break
    if (fits(middle)) good = middle
    else bad = middle
  }
  const space = /\s+\S*$/.exec(text.slice(start, good))
  return space && space.index > 0 && /\S/.test(text[good] ?? ' ') ? start + space.index : good
}
