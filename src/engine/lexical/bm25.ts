/** The lexical index: BM25 over words and over character n-grams, each passage scored with its own language's statistics. */
import { throwIfAborted } from '../core/abort.ts'
import { RetrievalError } from '../core/errors.ts'
import type { Language } from '../core/language.ts'
import {
  type LexicalHit,
  type LexicalIndex,
  type LexicalQuery,
  NO_MATCH,
} from '../core/lexical-index.ts'
import { highest, orderIds } from '../core/order.ts'
import {
  createPassageSelector,
  type PassageFacets,
  type PassageFilter,
} from '../core/passage-filter.ts'
import { type LanguageProfiles, profileOf } from '../languages/profile.ts'
import { type Analyzer, createAnalyzers, isJoinedCode } from './analyzer.ts'
import { toNgrams } from './ngrams.ts'
import { buildPostings, createScorer, type Postings, type PostingsAnswer } from './postings.ts'
import { createTypoMatcher, type TypoMatch } from './typos.ts'

export type LexicalDocument = {
  readonly id: string
  readonly language: Language
  readonly text: string
}

/** Words only: n-grams are too many to store, and are computed from the texts when the index is loaded. */
export type LexicalSnapshot = {
  readonly version: 1
  readonly languages: Readonly<Record<Language, Postings>>
}

/** Postings for every profile, in their order. Throws `index_mismatch` for a document in a language without one. */
export function buildLexicalSnapshot(
  documents: readonly LexicalDocument[],
  languages: LanguageProfiles<'analysis'>,
): LexicalSnapshot {
  for (const { language } of documents) profileOf(languages, language)
  const sides = [...createAnalyzers(languages)].map(([language, analyzer]) => {
    const own = documents.filter((document) => document.language === language)
    const analysed = own.map(({ id, text }) => ({ id, ...analyzer.document(text) }))
    return [language, buildPostings(analysed)] as const
  })
  return { version: 1, languages: Object.fromEntries(sides) }
}

export type LexicalIndexOptions = {
  /** Profiles of at least the snapshot's languages. */
  readonly languages: LanguageProfiles<'analysis'>
  /** The texts behind the snapshot. With them, character n-grams are scored too; without them, only words. */
  readonly documents?: readonly LexicalDocument[]
  /** Without facets, a filter may name languages only. */
  readonly facets?: readonly PassageFacets[]
  /** false: a misspelt word counts as unknown. */
  readonly tolerant?: boolean
}

/** Throws `index_mismatch` when the snapshot holds a language without a profile. */
export function createLexicalIndex(
  snapshot: LexicalSnapshot,
  options: LexicalIndexOptions,
): LexicalIndex {
  const analyzers = Object.fromEntries(createAnalyzers(options.languages))
  const texts = new Map(options.documents?.map((document) => [document.id, document.text]))
  const sides = Object.entries(snapshot.languages).map(([language, postings]) =>
    createSide(language, postings, {
      analyzer: profileOf(analyzers, language),
      texts,
      tolerant: options.tolerant ?? true,
    }),
  )
  const ids = sides.flatMap((side) => side.ids)
  const idOrder = orderIds(ids)
  const numberOf = new Map(ids.map((id, number) => [id, number]))
  /** For each passage, in the order of `ids`: the side of its language, and its number on that side. */
  const places = sides.flatMap((side, at) => side.ids.map((_, number) => ({ at, number })))
  const select = createSelector(sides, options.facets)

  return {
    size: ids.length,
    query(text): LexicalQuery {
      const grams = [...new Set(toNgrams(text))]
      const answers = sides.map((side) => side.ask(text, grams))
      const byLanguage = <T>(pick: (answer: SideAnswer) => T): Record<Language, T> =>
        Object.fromEntries(answers.map((answer, at) => [sides[at]?.language ?? '', pick(answer)]))
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
        upperBound: byLanguage((answer) => answer.words.upperBound),
        known: byLanguage((answer) => answer.words.known),
        terms: byLanguage((answer) => answer.terms),
        readings: byLanguage((answer) => answer.typos),
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

/** Selects by the given facets, or by language alone if there are none. */
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

/** What one question finds among the passages of one language. */
type SideAnswer = {
  readonly terms: readonly string[]
  readonly typos: ReadonlyMap<string, readonly TypoMatch[]>
  readonly words: PostingsAnswer
  readonly grams: PostingsAnswer | undefined
}

/** The passages of one language. */
type Side = {
  readonly language: Language
  readonly ids: readonly string[]
  ask(text: string, grams: readonly string[]): SideAnswer
}

/** A score divided by the highest that any text could reach: 0 to 1. */
function share(answer: PostingsAnswer, number: number): number {
  return answer.upperBound === 0 ? 0 : (answer.scores[number] ?? 0) / answer.upperBound
}

/** Mean of the words' and the n-grams' share; the words' share alone where there are no n-grams. */
function evidence({ words, grams }: SideAnswer, number: number): number {
  return grams ? (share(words, number) + share(grams, number)) / 2 : share(words, number)
}

function toHit(id: string, answer: SideAnswer, number: number): LexicalHit {
  return {
    id,
    bm25: answer.words.scores[number] ?? 0,
    ngramShare: answer.grams ? share(answer.grams, number) : 0,
    evidence: evidence(answer, number),
    coverage: answer.words.coverage[number] ?? 0,
  }
}

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
  const typoMatcher = tolerant ? createTypoMatcher(words.terms()) : undefined
  const analysed = postings.ids.map((id) => {
    const terms = toNgrams(texts.get(id) ?? '')
    return { id, terms, length: terms.length }
  })
  const grams = texts.size > 0 ? createScorer(buildPostings(analysed)) : undefined
  return {
    language,
    ids: postings.ids,
    ask(text, askedGrams) {
      // The joined form of an unknown code would only lower the share that its parts reach.
      const terms = analyzer
        .question(text)
        .filter((term) => words.has(term) || !isJoinedCode(term, text))
      const typos = new Map<string, readonly TypoMatch[]>()
      for (const term of terms) {
        const matches = words.has(term) ? [] : (typoMatcher?.match(term) ?? [])
        if (matches.length > 0) typos.set(term, matches)
      }
      return { terms, typos, words: words.score(terms, typos), grams: grams?.score(askedGrams) }
    },
  }
}
