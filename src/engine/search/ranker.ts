/** From a question to ranked candidates: runs lexical and dense search and fuses them. The retriever and the evaluation share it. */
import type { Embedder } from '../core/embedder.ts'
import { isRetrievalError } from '../core/errors.ts'
import type { LanguageMeans } from '../core/language-means.ts'
import type { LexicalHit, LexicalIndex, LexicalQuery } from '../core/lexical-index.ts'
import type { Passage } from '../core/passage.ts'
import type { PassageFilter } from '../core/passage-filter.ts'
import type { VectorIndex } from '../core/vector-index.ts'
import { createDenseSearch } from './dense-search.ts'
import { type Candidate, type FusionPassage, fuse } from './fusion.ts'

/**
 * Candidates that each search proposes. On the dev halves of XQuAD (en-en, es-es, es-en), SciFact and StackFAQ
 * (`npm run eval:beir -- DIR... --split dev`) nothing from further down reached the first ten.
 */
export const CANDIDATES = 200

export type RankerDeps<P extends FusionPassage> = {
  readonly passages: readonly P[]
  readonly vectorIndex: VectorIndex
  readonly lexicalIndex: LexicalIndex
  /** Computed from the vectors in the index. */
  readonly languageMeans: LanguageMeans
  /** Absent when the model could not be loaded: the ranking is then lexical. */
  readonly embedder: Pick<Embedder, 'embed'> | undefined
  /** Called when embedding fails and ranking falls back to the lexical index. */
  readonly onDegraded?: (error: unknown) => void
  /** Replaces the order of the candidates, best first; evaluations compare rankings with it. */
  readonly reorder?: (candidates: readonly Candidate<P>[]) => Candidate<P>[]
}

export type RankOptions = {
  readonly signal?: AbortSignal
  readonly filter?: PassageFilter
  /** Called after the question has been embedded and its words looked up, before vectors are searched. */
  readonly onEmbedded?: () => void
}

export type Ranking<P extends FusionPassage> = {
  /** Best first, ties by passage id. */
  readonly candidates: readonly Candidate<P>[]
  readonly lexical: LexicalQuery
  readonly mode: 'hybrid' | 'lexical'
}

export type Ranker<P extends FusionPassage = Passage> = {
  /** Rejects with `aborted` when the signal is aborted. */
  rank(query: string, options?: RankOptions): Promise<Ranking<P>>
}

export function createRanker<P extends FusionPassage>(deps: RankerDeps<P>): Ranker<P> {
  const { lexicalIndex } = deps
  const passages = new Map(deps.passages.map((passage) => [passage.id, passage]))
  const searchVectors = createDenseSearch(
    deps.vectorIndex,
    deps.languageMeans,
    (id) => passages.get(id)?.language,
  )

  const embed = async (query: string, signal?: AbortSignal): Promise<Float32Array | undefined> => {
    try {
      return (await deps.embedder?.embed([query], 'query', { signal }))?.[0]
    } catch (error) {
      if (isRetrievalError(error) && error.code === 'aborted') throw error
      deps.onDegraded?.(error)
      return undefined
    }
  }

  /** Dense search, which follows lexical search, and the lexical scores of the passages that only dense search proposes. */
  const addDense = async (
    vector: Float32Array,
    lexical: LexicalQuery,
    best: readonly LexicalHit[],
    { filter, signal }: RankOptions,
  ) => {
    const also = best.map(({ id }) => id)
    const proposed = new Set(also)
    const dense = await searchVectors(vector, { k: CANDIDATES, filter, also, signal })
    const missing: string[] = []
    for (const { id } of dense.nearest) if (!proposed.has(id)) missing.push(id)
    const { also: scores } = await lexical.search({ k: 0, also: missing, signal })
    return { dense, scores }
  }

  return {
    async rank(query, options = {}) {
      const { signal, filter, onEmbedded } = options
      // Embedding runs in another thread, and lexical search meanwhile in this one.
      const embedding = embed(query, signal)
      const lexical = lexicalIndex.query(query)
      const [vector, { best }] = await Promise.all([
        embedding,
        lexical.search({ k: CANDIDATES, filter, signal }),
      ])
      onEmbedded?.()
      const hybrid = vector && (await addDense(vector, lexical, best, options))
      const fused = fuse({
        passages,
        lexical: { best, also: hybrid?.scores ?? [], upperBound: lexical.upperBound },
        dense: hybrid?.dense,
      })
      return {
        candidates: deps.reorder ? deps.reorder(fused) : fused,
        lexical,
        mode: vector ? 'hybrid' : 'lexical',
      }
    },
  }
}
