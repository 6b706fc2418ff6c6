/** An answer as `search_result` blocks of the Anthropic Messages API, one text block per sentence, and the offsets that a block stands for. */
import * as z from 'zod'
import { type Citation, citationSchema } from './citation.ts'
import { type RetrievalResponse, retrievalResponseSchema } from './retrieval.ts'
import type { SplitSentences } from './sentences.ts'
import type { Span } from './span.ts'

/** A content block that the API accepts in a user message or in a `tool_result`. */
export const searchResultSchema = z.object({
  type: z.literal('search_result'),
  source: z.string(),
  title: z.string(),
  /** Sentences, list items and table rows, each with the white space after it; joined, they are exactly the passage's text. */
  content: z.array(z.object({ type: z.literal('text'), text: z.string() })),
  citations: z.object({ enabled: z.literal(true) }),
})
export type SearchResult = z.infer<typeof searchResultSchema>

export const searchResultsResponseSchema = retrievalResponseSchema
  .pick({
    query: true,
    language: true,
    answerability: true,
    nearest: true,
    omitted: true,
    mode: true,
    degraded: true,
    index: true,
    tookMs: true,
  })
  .extend({
    content: z.array(searchResultSchema),
    /** The citation of each search result, in their order: turns the index of a block back into offsets. */
    sources: z.array(citationSchema),
  })
export type SearchResultsResponse = z.infer<typeof searchResultsResponseSchema>

export function toSearchResults(
  answer: RetrievalResponse,
  toSentences: SplitSentences,
): SearchResultsResponse {
  const { query, language, answerability, nearest, omitted, mode, degraded, index, tookMs } = answer
  return {
    content: answer.passages.map(({ text, guide, headingPath, citation }) => ({
      type: 'search_result',
      source: citation.url,
      title: [guide.title, ...headingPath].join(' > '),
      content: toBlockSpans(text, toSentences).map(({ start, end }) => ({
        type: 'text',
        text: text.slice(start, end),
      })),
      citations: { enabled: true },
    })),
    sources: answer.passages.map(({ citation }) => citation),
    ...{ query, language, answerability, omitted, mode, degraded, index, tookMs },
    ...(nearest ? { nearest } : {}),
  }
}

/** Sentences of paragraphs and list items, rows of tables; joined, they are the whole text. None is blank. */
export function toBlockSpans(text: string, toSentences: SplitSentences): Span[] {
  const starts: number[] = []
  let at = 0
  for (const line of text.split('\n')) {
    const first = at
    at += line.length + 1
    if (line.trim() === '') continue
    const isRow = line.trimStart().startsWith('|')
    const sentences = isRow ? [{ start: 0 }] : toSentences(line)
    starts.push(...sentences.map(({ start }) => first + start))
  }
  // Text before the first sentence, such as an indent, belongs to it.
  if (starts.length > 0) starts[0] = 0
  return starts.map((start, i) => ({ start, end: starts[i + 1] ?? text.length }))
}

/**
 * Our citation narrowed to the blocks `[startBlock, endBlock)` of its search result; undefined when they are not its blocks.
 * Its link still highlights the whole passage: only the whole page shows whether fewer words are unique on it, and
 * `/verify` returns a link to the words alone.
 */
export function citeBlocks(
  result: SearchResult,
  source: Citation,
  startBlock: number,
  endBlock: number,
): Citation | undefined {
  const texts = result.content.map((block) => block.text)
  if (startBlock < 0 || startBlock >= endBlock || endBlock > texts.length) return undefined
  const start = source.start + texts.slice(0, startBlock).join('').length
  const quote = texts.slice(startBlock, endBlock).join('')
  return { ...source, quote, start, end: start + quote.length }
}
