/** The port of dense search: unit vectors in, cosine similarities out (higher is better). The index may be remote. */
import { RetrievalError } from './errors.ts'
import type { PassageFacets, PassageFilter } from './passage-filter.ts'

/** Cosine similarity, -1 to 1. */
export type VectorHit = { readonly id: string; readonly similarity: number }

export type VectorSearch = {
  /** How many of the nearest passages to return; 0 for none. */
  readonly k: number
  /** Restricts the nearest passages; not `also`. */
  readonly filter?: PassageFilter
  /** Ids whose similarity is returned in any case, however far. */
  readonly also?: readonly string[]
  readonly signal?: AbortSignal
}

export type VectorAnswer = {
  /** The k nearest that match the filter: similarity descending, ties by id. */
  readonly nearest: readonly VectorHit[]
  /** The exact similarity of each id in `also`, in that order; unknown ids are left out. */
  readonly also: readonly VectorHit[]
}

export type VectorIndex = {
  /** A free-form name for logs and `/ready`: `flat`, `hnsw`, `pgvector`. */
  readonly kind: string
  readonly size: number
  readonly dimensions: number
  /** Rejects with `vector_invalid` on wrong dimensions or NaN, with `aborted` when the signal is aborted. */
  search(vector: Float32Array, search: VectorSearch): Promise<VectorAnswer>
  /** The stored vectors of some ids; unknown ids are left out. */
  vectors(
    ids: readonly string[],
    options?: { signal?: AbortSignal },
  ): Promise<ReadonlyMap<string, Float32Array>>
}

/** Ids and their row-major unit vectors, as `vectors.f32` holds them. */
export type VectorTable = {
  readonly ids: readonly string[]
  readonly dimensions: number
  readonly data: Float32Array
}

/** What an in-process index is made from: one row of facets for each vector, in the same order. */
export type VectorIndexInput = VectorTable & { readonly facets: readonly PassageFacets[] }

/** Throws `vector_invalid` when ids, facets and numbers do not agree, an id repeats or a number is not finite. */
export function checkVectorIndexInput(input: VectorIndexInput): void {
  const { ids, dimensions, data, facets } = input
  if (dimensions < 1 || data.length !== ids.length * dimensions) {
    throw new RetrievalError(
      'vector_invalid',
      `the vector data has ${data.length} numbers, which is not ${ids.length} vectors of ${dimensions} dimensions: rebuild the index`,
    )
  }
  if (facets.length !== ids.length || facets.some(({ id }, i) => id !== ids[i])) {
    throw new RetrievalError(
      'vector_invalid',
      'the facets do not name the same passages as the vectors, in the same order',
    )
  }
  if (new Set(ids).size !== ids.length) {
    throw new RetrievalError('vector_invalid', 'an id appears twice in the vector table')
  }
  for (const value of data) {
    if (!Number.isFinite(value)) {
      throw new RetrievalError(
        'vector_invalid',
        'a stored vector holds NaN or infinity: rebuild the index',
      )
    }
  }
}
