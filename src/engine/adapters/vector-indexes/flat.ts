/**
 * Exact search: the cosine with every vector. Fast enough for any corpus of guides; `npm run bench -- --vectors` shows
 * at what size it gets slow.
 */
import { throwIfAborted } from '../../core/abort.ts'
import type { VectorIndex, VectorIndexInput } from '../../core/vector-index.ts'
import { createVectorRows } from '../../core/vector-rows.ts'

/** Throws `vector_invalid` for vectors, ids and facets that do not agree. */
export function createFlatIndex(input: VectorIndexInput): VectorIndex {
  const rows = createVectorRows(input)
  return {
    kind: 'flat',
    size: input.ids.length,
    dimensions: input.dimensions,
    async search(vector, { signal, ...search }) {
      throwIfAborted(signal)
      return rows.search(vector, search)
    },
    async vectors(ids, { signal } = {}) {
      throwIfAborted(signal)
      return rows.vectors(ids)
    },
  }
}
