/** Cuts one over-long text with LangChain's recursive splitter, carrying exact offsets instead of searching for them. */
import { RecursiveCharacterTextSplitter } from '@langchain/textsplitters'
import { RetrievalError } from '../../core/errors.ts'
import type { Span } from '../../core/span.ts'

/** Stands for the white space between sentences: one private-use character, so that lengths stay equal. */
const SENTENCE_GAP = '\uE000'

/**
 * Spans in order that cover everything but white space. The splitter works on a shadow of the text with equal lengths,
 * keeps its separators and overlaps nothing, so that each piece begins where the one before ended: positions are
 * counted, never looked up (its own line numbers are wrong on repetitive text).
 */
export function createLangchainSplitter(options: {
  countTokens: (text: string) => number
  toSentences: (text: string) => readonly Span[]
}): (text: string, maxTokens: number) => Promise<Span[]> {
  return async (text, maxTokens) => {
    const splitter = new RecursiveCharacterTextSplitter({
      chunkSize: maxTokens,
      chunkOverlap: 0,
      keepSeparator: true,
      separators: [SENTENCE_GAP, '\n', ' ', ''],
      lengthFunction: (shadow: string) => options.countTokens(shadow.replaceAll(SENTENCE_GAP, ' ')),
    })
    const shadow = toShadow(text, options.toSentences(text))
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
      const span = trimmed(shadow, { start: cursor, end: cursor + piece.length })
      cursor += piece.length
      if (span.end > span.start) spans.push(span)
    }
    return spans
  }
}

function isGap(character: string | undefined): boolean {
  return character === SENTENCE_GAP || /\s/.test(character ?? '')
}

function trimmed(shadow: string, span: Span): Span {
  let { start, end } = span
  while (start < end && isGap(shadow[start])) start++
  while (end > start && isGap(shadow[end - 1])) end--
  return { start, end }
}

function toShadow(text: string, sentences: readonly Span[]): string {
  const characters = text.replaceAll(SENTENCE_GAP, ' ').split('')
  for (const sentence of sentences.slice(1)) characters[sentence.start - 1] = SENTENCE_GAP
  return characters.join('')
}
