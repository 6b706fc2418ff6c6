/** The port of lexical search: BM25 with an upper bound per question. */
import type { Language } from './language.ts'

export type LexicalHit = { readonly id: string; readonly score: number }

export type LexicalItem = {
  /** BM25 over words. */
  readonly score: number
  /** 0 to 1: the character n-grams' part of the evidence; 0 where none are kept. */
  readonly spelling: number
  /** 0 to 1: how much of the most that any text could show for this question the item shows, in words and in spelling. */
  readonly evidence: number
  /** Share (0 to 1) of the question's terms, weighted by idf, that the item contains. */
  readonly coverage: number
}

/** A question prepared once: what it asks for in each language of the index. */
export type LexicalQuery = {
  /**
   * The highest BM25 that any text of that language could reach for this question, unknown terms at their full idf;
   * 0 when nothing but stop words is asked.
   */
  readonly upperBound: Readonly<Record<Language, number>>
  /** The k best over all languages by their evidence, ties by id; only positive ones. */
  search(k: number): LexicalHit[]
  /** What one item shows for the question; nothing but zeros for an unknown id. */
  item(id: string): LexicalItem
  /** Share (0 to 1) of the question's terms, weighted by idf, that the language's texts hold anywhere. */
  readonly known: Readonly<Record<Language, number>>
  /** Content terms of the question as analysed, for explanations. */
  readonly terms: Readonly<Record<Language, readonly string[]>>
  /** Per unknown term the known words that it was read as. */
  readonly readings: Readonly<
    Record<Language, ReadonlyMap<string, readonly { term: string; weight: number }[]>>
  >
}

export type LexicalIndex = {
  readonly size: number
  query(text: string): LexicalQuery
}
