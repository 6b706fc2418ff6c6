/**
 * Postings and their BM25 scores (Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond",
 * 2009), with Lucene's idf ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative, and an upper bound per question.
 */

import type { TypoMatch } from './typos.ts'

/** The usual defaults, which Lucene uses too. */
export const K1 = 1.2
export const B = 0.75

/** As `lexical.json` holds them. */
export type Postings = {
  readonly ids: readonly string[]
  /** Length per document, in terms. */
  readonly lengths: readonly number[]
  /** Maps a term to pairs of document number and term frequency, flattened. Terms are sorted. */
  readonly terms: Readonly<Record<string, readonly number[]>>
}

export type AnalysedDocument = {
  readonly id: string
  readonly terms: readonly string[]
  readonly length: number
}

export function buildPostings(documents: Iterable<AnalysedDocument>): Postings {
  const ids: string[] = []
  const lengths: number[] = []
  const terms = new Map<string, number[]>()
  for (const document of documents) {
    const number = ids.push(document.id) - 1
    lengths.push(document.length)
    const counts = new Map<string, number>()
    for (const term of document.terms) counts.set(term, (counts.get(term) ?? 0) + 1)
    for (const [term, count] of counts) {
      const postings = terms.get(term)
      if (postings) postings.push(number, count)
      else terms.set(term, [number, count])
    }
  }
  const sorted = [...terms].sort(([a], [b]) => (a < b ? -1 : 1))
  return { ids, lengths, terms: Object.fromEntries(sorted) }
}

/** What one question finds; arrays are indexed by document number. */
export type PostingsAnswer = {
  readonly scores: Float64Array
  /** The highest score that any text could reach: unknown terms count at their full idf. 0 for a question without terms. */
  readonly upperBound: number
  /** Summed idf of the question's terms that the document contains, divided by that of all its terms: 0 to 1. */
  readonly coverage: Float64Array
  /** The same share for the whole collection: terms count that any document contains. 0 for a question without terms. */
  readonly known: number
}

export type Scorer = {
  has(term: string): boolean
  terms(): Iterable<string>
  /** `terms` are distinct. An unknown one with typo matches scores as the best of them in each document. */
  score(terms: readonly string[], typos?: ReadonlyMap<string, readonly TypoMatch[]>): PostingsAnswer
}

/** What a term adds to the score of each document that contains it; computed once, since it is the same for every question. */
type Term = {
  readonly idf: number
  readonly documents: Int32Array
  readonly gains: Float64Array
}

export function createScorer(postings: Postings): Scorer {
  const count = postings.ids.length
  const terms = weighTerms(postings)
  const unknownIdf = idf(count, 0)

  /** For each document, the best gain and weight among the words that a misspelt one may stand for. */
  const bestOf = (matches: readonly TypoMatch[]) => {
    const best = new Map<number, { gain: number; weight: number }>()
    for (const { term, weight } of matches) {
      const known = terms.get(term)
      known?.documents.forEach((number, i) => {
        const gain = weight * (known.gains[i] ?? 0)
        if (gain > (best.get(number)?.gain ?? 0))
          best.set(number, { gain, weight: weight * known.idf })
      })
    }
    return best
  }

  return {
    has: (term) => terms.has(term),
    terms: () => terms.keys(),
    score(asked, typos) {
      const scores = new Float64Array(count)
      const coverage = new Float64Array(count)
      const add = (number: number, gain: number, share: number) => {
        scores[number] = (scores[number] ?? 0) + gain
        coverage[number] = (coverage[number] ?? 0) + share
      }
      let upperBound = 0
      let weight = 0
      let known = 0
      if (count === 0) return { scores, upperBound, coverage, known }
      for (const name of asked) {
        const term = terms.get(name)
        const termIdf = term?.idf ?? unknownIdf
        // BM25's saturated term frequency, f * (k1 + 1) / (f + norm), stays below k1 + 1.
        upperBound += termIdf * (K1 + 1)
        weight += termIdf
        if (term) {
          known += termIdf
          const { documents, gains } = term
          for (let i = 0; i < documents.length; i++) add(documents[i] ?? 0, gains[i] ?? 0, termIdf)
        } else {
          for (const [number, near] of bestOf(typos?.get(name) ?? []))
            add(number, near.gain, near.weight)
        }
      }
      if (weight > 0) for (let i = 0; i < count; i++) coverage[i] = (coverage[i] ?? 0) / weight
      return { scores, upperBound, coverage, known: weight === 0 ? 0 : known / weight }
    },
  }
}

function idf(documents: number, holding: number): number {
  return Math.log(1 + (documents - holding + 0.5) / (holding + 0.5))
}

/** A Map, not an object: "constructor" may be a term. */
function weighTerms({ ids, lengths, terms }: Postings): ReadonlyMap<string, Term> {
  const count = ids.length
  const average = count === 0 ? 0 : lengths.reduce((sum, n) => sum + n, 0) / count
  const norms = Float64Array.from(lengths, (length) => K1 * (1 - B + (B * length) / (average || 1)))
  const toTerm = (list: readonly number[]): Term => {
    const termIdf = idf(count, list.length / 2)
    const documents = new Int32Array(list.length / 2)
    const gains = new Float64Array(list.length / 2)
    for (let i = 0; i < documents.length; i++) {
      const number = list[2 * i] ?? 0
      const frequency = list[2 * i + 1] ?? 0
      documents[i] = number
      gains[i] = (termIdf * frequency * (K1 + 1)) / (frequency + (norms[number] ?? 0))
    }
    return { idf: termIdf, documents, gains }
  }
  return new Map(Object.entries(terms).map(([term, list]) => [term, toTerm(list)]))
}
