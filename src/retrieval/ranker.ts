/** The ranking itself, from question to ordered candidates: what the retriever answers from and the evaluation measures. */
import type { Embedder } from '../core/embedder.ts'
import { isRetrievalError } from '../core/errors.ts'
import type { LexicalIndex, LexicalQuery } from '../core/lexical-index.ts'
import type { Passage } from '../core/passage.ts'
import type { VectorIndex } from '../core/vector-index.ts'
import { type Candidate, type FusionPassage, fuse } from './fusion.ts'

export type RankerDeps<P extends FusionPassage> = {
  readonly passages: readonly P[]
  readonly vectorIndex: VectorIndex
  readonly lexicalIndex: LexicalIndex
  /** Absent when the model could not be loaded: the ranking is then lexical. */
  readonly embedder: Pick<Embedder, 'embed'> | undefined
  /** Told when the model fails on a question that is then ranked lexically. */
  readonly onDegraded?: (error: unknown) => void
}

export type RankOptions<P> = {
  readonly signal?: AbortSignal
  /** Keeps only the passages it accepts. */
  readonly filter?: (passage: P) => boolean
  /** Called when the question is embedded, before anything is looked up. */
  readonly onEmbedded?: () => void
}

export type Ranking<P extends FusionPassage> = {
  /** Best first, ties by passage id. */
  readonly candidates: readonly Candidate<P>[]
  readonly lexical: LexicalQuery
  /** Mean cosine of the question with all passages; 0 without a vector. */
  readonly meanCosine: number
  readonly mode: 'hybrid' | 'lexical'
}

export type Ranker<P extends FusionPassage = Passage> = {
  rank(query: string, options?: RankOptions<P>): Promise<Ranking<P>>
}

export function createRanker<P extends FusionPassage>(deps: RankerDeps<P>): Ranker<P> {
  const { vectorIndex, lexicalIndex } = deps
  const passages = new Map(deps.passages.map((passage) => [passage.id, passage]))

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
      const vector = await embed(query, signal)
      onEmbedded?.()
      const lexical = lexicalIndex.query(query)
      return {
        candidates: fuse({ lexical, vectorIndex, vector, passages, filter }),
        lexical,
        meanCosine: vector ? vectorIndex.meanSimilarity(vector) : 0,
        mode: vector ? 'hybrid' : 'lexical',
      }
    },
  }
}
