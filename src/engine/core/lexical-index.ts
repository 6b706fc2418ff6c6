/** The port of lexical search: BM25 with an upper bound per question. The postings may be remote; the statistics are local. */
import type { Language } from './language.ts'
import type { PassageFilter } from './passage-filter.ts'

export type LexicalHit = {
  readonly id: string
  /** BM25 over words. */
  readonly bm25: number
  /** Character n-grams: their score as a share (0 to 1) of the highest that any text could reach; 0 where none are kept. */
  readonly ngramShare: number
  /**
   * Mean of two shares, for words and for n-grams: the score over the highest that any text could reach for this
   * question. 0 to 1.
   */
  readonly evidence: number
  /** Share (0 to 1) of the question's terms, weighted by idf, that the passage contains. */
  readonly coverage: number
}

/** The scores of a passage that shares nothing with the question. */
export const NO_MATCH: Omit<LexicalHit, 'id'> = {
  bm25: 0,
  ngramShare: 0,
  evidence: 0,
  coverage: 0,
}

export type LexicalSearch = {
  /** How many of the best passages to return; 0 for none. */
  readonly k: number
  /** Restricts the best passages; not `also`. */
  readonly filter?: PassageFilter
  /** Ids whose scores are returned in any case, however low. */
  readonly also?: readonly string[]
  readonly signal?: AbortSignal
}

export type LexicalAnswer = {
  /**
   * The k best that match the filter, over all languages: evidence descending, ties by id; only those with evidence
   * above 0.
   */
  readonly best: readonly LexicalHit[]
  /** The scores of each id in `also`, in that order; unknown ids are left out. */
  readonly also: readonly LexicalHit[]
}

/** An analysed question with per-language statistics. It is analysed once and may be searched for several times. */
export type LexicalQuery = {
  /**
   * The highest BM25 that any text of that language could reach for this question, counting unknown terms at their full
   * idf; 0 for a question of stop words only.
   */
  readonly upperBound: Readonly<Record<Language, number>>
  /** Share (0 to 1) of the question's terms, weighted by idf, that any text of the language contains. */
  readonly known: Readonly<Record<Language, number>>
  /** Content terms of the question as analysed, for explanations. */
  readonly terms: Readonly<Record<Language, readonly string[]>>
  /** For each unknown term, the known words that it may be a typo of. */
  readonly readings: Readonly<
    Record<Language, ReadonlyMap<string, readonly { term: string; weight: number }[]>>
  >
  /** Rejects with `aborted` when the signal is aborted. */
  search(search: LexicalSearch): Promise<LexicalAnswer>
}

export type LexicalIndex = {
  readonly size: number
  /** Uses only the question and the local statistics, so that it never waits for a remote store. */
  query(text: string): LexicalQuery
}
