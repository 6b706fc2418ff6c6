/** The ranking itself, from question to ordered candidates: what the retriever answers from and the evaluation measures. */
import type { Embedder } from '../core/embedder.ts'
import { isRetrievalError } from '../core/errors.ts'
import type { Language } from '../core/language.ts'
import type { LexicalIndex, LexicalQuery } from '../core/lexical-index.ts'
import type { Passage } from '../core/passage.ts'
import { meanVector } from '../core/vector.ts'
import type { VectorIndex } from '../core/vector-index.ts'
import { type Candidate, type FusionPassage, fuse, type LanguageMeans } from './fusion.ts'

export type RankerDeps<P extends FusionPassage> = {
  readonly passages: readonly P[]
  readonly vectorIndex: VectorIndex
  readonly lexicalIndex: LexicalIndex
  /** Absent when the model could not be loaded: the ranking is then lexical. */
  readonly embedder: Pick<Embedder, 'embed'> | undefined
  /** Told when the model fails on a question that is then ranked lexically. */
  readonly onDegraded?: (error: unknown) => void
  /** Another order of the candidates, best first, to compare with. */
  readonly reorder?: (candidates: readonly Candidate<P>[]) => Candidate<P>[]
}

export type RankOptions<P> = {
  readonly signal?: AbortSignal
  /** Keeps only the passages it accepts. */
  readonly filter?: (passage: P) => boolean
  /** Called when the question is embedded, before any vector is looked up; its words have been by then. */
  readonly onEmbedded?: () => void
}

export type Ranking<P extends FusionPassage> = {
  /** Best first, ties by passage id. */
  readonly candidates: readonly Candidate<P>[]
  readonly lexical: LexicalQuery
  readonly mode: 'hybrid' | 'lexical'
}

export type Ranker<P extends FusionPassage = Passage> = {
  rank(query: string, options?: RankOptions<P>): Promise<Ranking<P>>
}

export function createRanker<P extends FusionPassage>(deps: RankerDeps<P>): Ranker<P> {
  const { vectorIndex, lexicalIndex } = deps
  const passages = new Map(deps.passages.map((passage) => [passage.id, passage]))

  const languageMeans = toLanguageMeans(deps.passages, vectorIndex)

  const embed = async (query: string, signal?: AbortSignal): Promise<Float32Array | undefined> => {
    try {
      return (await deps.embedder?.embed([query], 'query', { signal }))?.[0]
    } catch (error) {
      if (isRetrievalError(error) && error.code === 'aborted') throw error
      deps.onDegraded?.(error)
      return undefined
    }
  }

  return {
    async rank(query, { signal, filter, onEmbedded } = {}) {
      // The words are looked up while the model runs.
      const embedding = embed(query, signal)
      const lexical = lexicalIndex.query(query)
      const vector = await embedding
      onEmbedded?.()
      const fused = fuse({ lexical, vectorIndex, vector, passages, filter, languageMeans })
      return {
        candidates: deps.reorder ? deps.reorder(fused) : fused,
        lexical,
        mode: vector ? 'hybrid' : 'lexical',
      }
    },
  }
}

/** Per language the mean vector of its passages, and that of all languages together. */
function toLanguageMeans(
  passages: readonly FusionPassage[],
  vectorIndex: VectorIndex,
): LanguageMeans {
  const of = (language: Language) =>
    vectorIndex.mean(passages.filter((p) => p.language === language).map((p) => p.id))
  const present = [...new Set(passages.map((p) => p.language))].sort()
  const means = present.map(of)
  return {
    byLanguage: new Map(present.map((language, i) => [language, means[i] ?? new Float32Array()])),
    all: meanVector(means, vectorIndex.dimensions),
  }
}
