/** Turns Claude's citations of our search results back into our own citations, with exact offsets. */
import type { Citation } from '../../engine/core/citation.ts'
import { RetrievalError } from '../../engine/core/errors.ts'
import { citeBlocks, type SearchResultsResponse } from '../../engine/core/search-result.ts'

/** `search_result_location` as the Messages API sends it. */
export type SearchResultLocation = {
  readonly type: 'search_result_location'
  readonly search_result_index: number
  readonly start_block_index: number
  /** Exclusive. */
  readonly end_block_index: number
  readonly cited_text: string
  readonly source: string
  readonly title: string | null
}

/** Any citation in an answer by Claude. Only citations of search results can refer to our passages. */
export type AnyCitation = { readonly type: string }

/**
 * Converts each of Claude's citations of search results, in order. `answers` must be every answer whose `content` is in
 * the conversation, in the same order, because Claude's indices count across all of them. Throws `invalid_request` when an
 * index is out of range, or when source or text differ from what Claude cites.
 */
export function fromAnthropicCitations(
  answers: readonly Pick<SearchResultsResponse, 'content' | 'sources'>[],
  citations: readonly AnyCitation[],
): Citation[] {
  const results = answers.flatMap(({ content, sources }) =>
    content.map((result, i) => ({ result, source: sources[i] })),
  )
  return citations.filter(isSearchResultLocation).map((location) => {
    const { search_result_index: index, start_block_index, end_block_index } = location
    const { result, source } = results[index] ?? {}
    if (!result || !source || result.source !== location.source) {
      throw mismatch(`search result ${index} (${location.source}) is not in these answers`)
    }
    const citation = citeBlocks(result, source, start_block_index, end_block_index)
    if (!citation) {
      throw mismatch(`search result ${index} has no blocks ${start_block_index}-${end_block_index}`)
    }
    if (squeeze(citation.quote) !== squeeze(location.cited_text)) {
      throw mismatch(`the blocks of search result ${index} do not contain the cited text`)
    }
    return citation
  })
}

function isSearchResultLocation(citation: AnyCitation): citation is SearchResultLocation {
  return citation.type === 'search_result_location'
}

function mismatch(what: string): RetrievalError {
  return new RetrievalError(
    'invalid_request',
    `${what}: pass every answer of the conversation, in order`,
  )
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
