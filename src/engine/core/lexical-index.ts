/** The port of lexical search: BM25 with an upper bound per question. */
import type { Language } from './language.ts'

export type LexicalHit = { readonly id: string; readonly score: number }

export type LexicalItem = {
  /** BM25 over words. */
  readonly score: number
  /** 0 to 1: BM25 over character n-grams, as a share of the highest that any text could reach; 0 where no n-grams are kept. */
  readonly ngramShare: number
  /** 0 to 1: mean of the words' and the n-grams' share of the highest score that any text could reach for this question. */
  readonly evidence: number
  /** Share (0 to 1) of the question's terms, weighted by idf, that the item contains. */
  readonly coverage: number
}

/** An analysed question, with statistics per language of the index. */
export type LexicalQuery = {
  /**
   * The highest BM25 that any text of that language could reach for this question, unknown terms at their full idf;
   * 0 when nothing but stop words is asked.
   */
  readonly upperBound: Readonly<Record<Language, number>>
  /** The k best over all languages by their evidence, ties by id; only positive ones. */
  search(k: number): LexicalHit[]
  /** The scores of one item; zeros for an unknown id. */
  item(id: string): LexicalItem
  /** Share (0 to 1) of the question's terms, weighted by idf, that the language's texts hold anywhere. */
  readonly known: Readonly<Record<Language, number>>
  /** Content terms of the question as analysed, for explanations. */
  readonly terms: Readonly<Record<Language, readonly string[]>>
  /** Per unknown term the known words that it may be a typo of. */
  readonly readings: Readonly<
    Record<Language, ReadonlyMap<string, readonly { term: string; weight: number }[]>>
  >
}

export type LexicalIndex = {
  readonly size: number
  query(text: string): LexicalQuery
}
