/** The service's own ranking over passages that come with their vectors; needs no built index. */
import { createFlatIndex } from '../../../src/engine/adapters/vector-indexes/flat.ts'
import type { Embedder } from '../../../src/engine/core/embedder.ts'
import type { Language } from '../../../src/engine/core/language.ts'
import { toLanguageMeans } from '../../../src/engine/core/language-means.ts'
import type { VectorTable } from '../../../src/engine/core/vector-index.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { buildLexicalSnapshot, createLexicalIndex } from '../../../src/engine/lexical/bm25.ts'
import { createRanker, type Ranker } from '../../../src/engine/search/ranker.ts'

export type CollectionPassage = {
  readonly id: string
  readonly language: Language
  readonly heading: string
  readonly text: string
  /** Id of the document that the passage is from. */
  readonly document: string
}

/** `vectors` are unit vectors, in the order of `passages`. A failed embedding rejects instead of degrading the ranking. */
export function createCollectionRanker<P extends CollectionPassage>(
  passages: readonly P[],
  vectors: readonly Float32Array[],
  embedder: Pick<Embedder, 'dimensions' | 'embed'>,
): Ranker<P> {
  const ids = passages.map(({ id }) => id)
  const table = toVectorTable(ids, vectors, embedder.dimensions)
  const facets = passages.map(({ id, language, document }) => ({
    id,
    language,
    guideId: document,
    authorities: [],
  }))
  return createRanker({
    passages,
    vectorIndex: createFlatIndex({ ...table, facets }),
    languageMeans: toLanguageMeans(
      table,
      passages.map(({ language }) => language),
    ),
    lexicalIndex: createLexicalIndex(buildLexicalSnapshot(passages, PROFILES), {
      languages: PROFILES,
      documents: passages,
    }),
    embedder,
    onDegraded(error) {
      throw error
    },
  })
}

/** Copies vectors, in the order of `ids`, into one table. */
export function toVectorTable(
  ids: readonly string[],
  vectors: readonly Float32Array[],
  dimensions: number,
): VectorTable {
  const data = new Float32Array(ids.length * dimensions)
  for (const [i, vector] of vectors.entries()) data.set(vector, i * dimensions)
  return { ids, dimensions, data }
}
