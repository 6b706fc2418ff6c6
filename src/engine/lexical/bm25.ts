/** The lexical index: BM25 over words and over character n-grams, each passage scored with its own language's statistics. */
import { throwIfAborted } from '../core/abort.ts'
import { RetrievalError } from '../core/errors.ts'
import { LANGUAGES, type Language } from '../core/language.ts'
import type { LexicalHit, LexicalIndex, LexicalQuery } from '../core/lexical-index.ts'
import { highest, orderIds } from '../core/order.ts'
import {
  createPassageSelector,
  type PassageFacets,
  type PassageFilter,
} from '../core/passage-filter.ts'
import { type Analyzer, createAnalyzer, isJoinedCode } from './analyzer.ts'
import { toNgrams } from './ngrams.ts'
import { buildPostings, createScorer, type Postings, type PostingsAnswer } from './postings.ts'
import { createSpeller, type Reading } from './spelling.ts'

export type LexicalDocument = {
  readonly id: string
  readonly language: Language
  readonly text: string
}

/** Words only: n-grams are many, and made from the texts when the index is loaded. */
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
  const build = (language: Language) =>
    buildPostings(
      documents
        .filter((document) => document.language === language)
        .map(({ id, text }) => ({ id, ...analyzers[language].document(text) })),
    )
  return { version: 1, languages: { en: build('en'), es: build('es') } }
}

export type LexicalIndexOptions = {
  readonly analyzers?: Analyzers
  /** The texts behind the snapshot. With them character n-grams are scored too; without them only words are. */
  readonly documents?: readonly LexicalDocument[]
  /** Without them a filter may name languages only. */
  readonly facets?: readonly PassageFacets[]
  /** false: a misspelt word is an unknown one. */
  readonly tolerant?: boolean
}

export function createLexicalIndex(
  snapshot: LexicalSnapshot,
  options: LexicalIndexOptions = {},
): LexicalIndex {
  const analyzers = options.analyzers ?? createAnalyzers()
  const texts = new Map(options.documents?.map((document) => [document.id, document.text]))
  const sides = LANGUAGES.map((language) =>
    createSide(language, snapshot.languages[language], {
      analyzer: analyzers[language],
      texts,
      tolerant: options.tolerant ?? true,
    }),
  )
  const ids = sides.flatMap((side) => side.ids)
  const idOrder = orderIds(ids)
  const numberOf = new Map(ids.map((id, number) => [id, number]))
  /** By number of a passage in `ids`: its language's side, and its number there. */
  const places = sides.flatMap((side, at) => side.ids.map((_, number) => ({ at, number })))
  const select = createSelector(sides, options.facets)

  return {
    size: ids.length,
    query(text): LexicalQuery {
      const grams = [...new Set(toNgrams(text))]
      const answers = sides.map((side) => side.ask(text, grams))
      const record = <T>(pick: (answer: SideAnswer | undefined) => T) => ({
        en: pick(answers[LANGUAGES.indexOf('en')]),
        es: pick(answers[LANGUAGES.indexOf('es')]),
      })
      const hitOf = (number: number): LexicalHit => {
        const place = places[number]
        const answer = place && answers[place.at]
        const id = ids[number] ?? ''
        return answer ? toHit(id, answer, place.number) : { id, ...NO_MATCH }
      }
      const hitsOf = (wanted: readonly string[]): LexicalHit[] => {
        const hits: LexicalHit[] = []
        for (const id of wanted) {
          const number = numberOf.get(id)
          if (number !== undefined) hits.push(hitOf(number))
        }
        return hits
      }
      const toScores = (): Float64Array => {
        const scores = new Float64Array(ids.length)
        let number = 0
        for (const [at, side] of sides.entries()) {
          const answer = answers[at]
          for (let i = 0; i < side.ids.length; i++)
            scores[number++] = answer ? evidence(answer, i) : 0
        }
        return scores
      }
      return {
        upperBound: record((answer) => answer?.words.upperBound ?? 0),
        known: record((answer) => answer?.words.known ?? 0),
        terms: record((answer) => answer?.terms ?? []),
        readings: record((answer) => answer?.readings ?? NO_READINGS),
        async search({ k, filter, also = [], signal }) {
          throwIfAborted(signal)
          if (k < 1) return { best: [], also: hitsOf(also) }
          const scores = toScores()
          const best: LexicalHit[] = []
          for (const number of highest(scores, select(filter), idOrder, k))
            if ((scores[number] ?? 0) > 0) best.push(hitOf(number))
          return { best, also: hitsOf(also) }
        },
      }
    },
  }
}

/** Selects by the facets that it is given, or by language alone where there are none. */
function createSelector(sides: readonly Side[], facets: readonly PassageFacets[] | undefined) {
  const known = new Map(facets?.map((one) => [one.id, one]))
  const select = createPassageSelector(
    sides.flatMap(({ ids, language }) =>
      ids.map((id) => known.get(id) ?? { id, language, guideId: '', authorities: [] }),
    ),
  )
  return (filter: PassageFilter | undefined) => {
    if (!facets && (filter?.guides || filter?.authorities)) {
      throw new RetrievalError(
        'internal',
        'this lexical index was created without facets: it can filter by language only',
      )
    }
    return select(filter)
  }
}

type SideAnswer = {
  readonly terms: readonly string[]
  readonly readings: ReadonlyMap<string, readonly Reading[]>
  readonly words: PostingsAnswer
  readonly grams: PostingsAnswer | undefined
}

type Side = {
  readonly language: Language
  readonly ids: readonly string[]
  ask(text: string, grams: readonly string[]): SideAnswer
}

/** A score over the highest that any text could reach: 0 to 1. */
function share(answer: PostingsAnswer, number: number): number {
  return answer.upperBound === 0 ? 0 : (answer.scores[number] ?? 0) / answer.upperBound
}

/** Mean of both shares; where no n-grams are kept, the words' own. */
function evidence({ words, grams }: SideAnswer, number: number): number {
  return grams ? (share(words, number) + share(grams, number)) / 2 : share(words, number)
}

const NO_MATCH = { bm25: 0, ngramShare: 0, evidence: 0, coverage: 0 }

function toHit(id: string, answer: SideAnswer, number: number): LexicalHit {
  return {
    id,
    bm25: answer.words.scores[number] ?? 0,
    ngramShare: answer.grams ? share(answer.grams, number) : 0,
    evidence: evidence(answer, number),
    coverage: answer.words.coverage[number] ?? 0,
  }
}

const NO_READINGS: ReadonlyMap<string, readonly Reading[]> = new Map()

type SideParts = {
  readonly analyzer: Analyzer
  readonly texts: ReadonlyMap<string, string>
  readonly tolerant: boolean
}

function createSide(
  language: Language,
  postings: Postings,
  { analyzer, texts, tolerant }: SideParts,
): Side {
  const words = createScorer(postings)
  const speller = tolerant ? createSpeller(words.terms()) : undefined
  const analysed = postings.ids.map((id) => {
    const terms = toNgrams(texts.get(id) ?? '')
    return { id, terms, length: terms.length }
  })
  const grams = texts.size > 0 ? createScorer(buildPostings(analysed)) : undefined
  return {
    language,
    ids: postings.ids,
    ask(text, askedGrams) {
      // The joined form of an unknown code would only dilute what its parts say.
      const terms = analyzer
        .question(text)
        .filter((term) => words.has(term) || !isJoinedCode(term, text))
      const readings = new Map<string, readonly Reading[]>()
      for (const term of terms) {
        const near = words.has(term) ? [] : (speller?.read(term) ?? [])
        if (near.length > 0) readings.set(term, near)
      }
      return { terms, readings, words: words.ask(terms, readings), grams: grams?.ask(askedGrams) }
    },
  }
}
