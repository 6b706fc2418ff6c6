/**
 * BM25 over passages, each scored with its own language's statistics, with the question's upper bound.
 * Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009), with Lucene's idf
 * ln(1 + (N - n + 0.5) / (n + 0.5)), which is never negative.
 */
import { LANGUAGES, type Language } from '../core/language.ts'
import type { LexicalHit, LexicalIndex, LexicalQuery } from '../core/lexical-index.ts'
import { type Analyzer, createAnalyzer, isJoinedCode } from './analyzer.ts'

export const K1 = 1.2
export const B = 0.75

export type LexicalDocument = {
  readonly id: string
  readonly language: Language
  readonly text: string
}

/** One language's postings, as `lexical.json` holds them. */
export type Postings = {
  readonly ids: readonly string[]
  /** Words per document, stop words left out. */
  readonly lengths: readonly number[]
  /** Term to pairs of document number and term frequency, flattened. Terms in code-point order. */
  readonly terms: Readonly<Record<string, readonly number[]>>
}

export type LexicalSnapshot = {
  readonly version: 1
  readonly languages: Readonly<Record<Language, Postings>>
}

export type Analyzers = Readonly<Record<Language, Analyzer>>

export function createAnalyzers(): Analyzers {
  return { en: createAnalyzer('en'), es: createAnalyzer('es') }
}

export function buildLexicalSnapshot(
  documents: readonly LexicalDocument[],
  analyzers: Analyzers = createAnalyzers(),
): LexicalSnapshot {
  const build = (language: Language): Postings => {
    const ids: string[] = []
    const lengths: number[] = []
    const terms = new Map<string, number[]>()
    for (const document of documents) {
      if (document.language !== language) continue
      const number = ids.push(document.id) - 1
      const analysed = analyzers[language].document(document.text)
      lengths.push(analysed.length)
      const counts = new Map<string, number>()
      for (const term of analysed.terms) counts.set(term, (counts.get(term) ?? 0) + 1)
      for (const [term, count] of counts) {
        const postings = terms.get(term)
        if (postings) postings.push(number, count)
        else terms.set(term, [number, count])
      }
    }
    const sorted = [...terms].sort(([a], [b]) => (a < b ? -1 : 1))
    return { ids, lengths, terms: Object.fromEntries(sorted) }
  }
  return { version: 1, languages: { en: build('en'), es: build('es') } }
}

export function createLexicalIndex(
  snapshot: LexicalSnapshot,
  analyzers: Analyzers = createAnalyzers(),
): LexicalIndex {
  const sides = LANGUAGES.map((language) =>
    createSide(language, snapshot.languages[language], analyzers[language]),
  )
  const sideOf = new Map(sides.flatMap((side) => side.ids.map((id) => [id, side] as const)))

  return {
    size: sideOf.size,
    query(text): LexicalQuery {
      const asked = new Map(sides.map((side) => [side.language, side.ask(text)]))
      const of = (id: string) => {
        const side = sideOf.get(id)
        return side && asked.get(side.language)
      }
      const record = <T>(pick: (answer: SideAnswer | undefined) => T) => ({
        en: pick(asked.get('en')),
        es: pick(asked.get('es')),
      })
      return {
        upperBound: record((answer) => answer?.upperBound ?? 0),
        terms: record((answer) => answer?.terms ?? []),
        score: (id) => of(id)?.scores.get(id) ?? 0,
        coverage: (id) => of(id)?.coverage(id) ?? 0,
        search(k) {
          const hits: (LexicalHit & { share: number })[] = []
          for (const answer of asked.values()) {
            for (const [id, score] of answer.scores) {
              hits.push({ id, score, share: score / answer.upperBound })
            }
          }
          hits.sort((a, b) => b.share - a.share || (a.id < b.id ? -1 : 1))
          return hits.slice(0, k).map(({ id, score }) => ({ id, score }))
        },
      }
    },
  }
}

type SideAnswer = {
  readonly terms: readonly string[]
  readonly upperBound: number
  readonly scores: ReadonlyMap<string, number>
  coverage(id: string): number
}

type Side = {
  readonly language: Language
  readonly ids: readonly string[]
  ask(text: string): SideAnswer
}

function createSide(language: Language, postings: Postings, analyzer: Analyzer): Side {
  const count = postings.ids.length
  const averageLength = count === 0 ? 0 : postings.lengths.reduce((sum, n) => sum + n, 0) / count
  const terms = new Map(Object.entries(postings.terms))
  const idfOf = (documents: number) => Math.log(1 + (count - documents + 0.5) / (documents + 0.5))

  const ask = (text: string): SideAnswer => {
    if (count === 0) return { terms: [], upperBound: 0, scores: new Map(), coverage: () => 0 }
    const scores = new Map<string, number>()
    const found = new Map<string, number>()
    const asked: string[] = []
    let upperBound = 0
    let weight = 0
    for (const term of analyzer.question(text)) {
      const list = terms.get(term)
      // The joined form of an unknown code would only dilute what its parts say.
      if (!list && isJoinedCode(term, text)) continue
      asked.push(term)
      const idf = idfOf((list?.length ?? 0) / 2)
      upperBound += idf * (K1 + 1)
      weight += idf
      for (let i = 0; list && i < list.length; i += 2) {
        const number = list[i] ?? 0
        const frequency = list[i + 1] ?? 0
        const id = postings.ids[number] ?? ''
        const norm = K1 * (1 - B + (B * (postings.lengths[number] ?? 0)) / (averageLength || 1))
        const gain = (idf * frequency * (K1 + 1)) / (frequency + norm)
        scores.set(id, (scores.get(id) ?? 0) + gain)
        found.set(id, (found.get(id) ?? 0) + idf)
      }
    }
    const coverage = (id: string) => (weight === 0 ? 0 : (found.get(id) ?? 0) / weight)
    return { terms: asked, upperBound, scores, coverage }
  }
  return { language, ids: postings.ids, ask }
}
