/** The port of dense search: unit vectors in, cosine similarities out (higher is better). */
import { RetrievalError } from './errors.ts'

export type VectorHit = { readonly id: string; readonly similarity: number }

export type VectorIndex = {
  readonly kind: 'flat' | 'hnsw'
  readonly size: number
  readonly dimensions: number
  /** The k nearest, similarity descending, ties by id. Throws `vector_invalid` on wrong dimensions or NaN. */
  search(vector: Float32Array, k: number): VectorHit[]
  /** Exact cosine with one item; undefined for an unknown id. */
  similarity(vector: Float32Array, id: string): number | undefined
  /** Mean of the vectors of some items; zeros when none of them is in the index. */
  mean(ids: Iterable<string>): Float32Array
}

/** Ids and their row-major unit vectors, as `vectors.f32` holds them. */
export type VectorTable = {
  readonly ids: readonly string[]
  readonly dimensions: number
  readonly data: Float32Array
}

/** Throws `vector_invalid` when ids and numbers do not agree, an id repeats or a number is not finite. */
export function checkTable(table: VectorTable): void {
  const { ids, dimensions, data } = table
  if (dimensions < 1 || data.length !== ids.length * dimensions) {
    throw new RetrievalError(
      'vector_invalid',
      `${data.length} numbers for ${ids.length} vectors of ${dimensions} dimensions`,
    )
  }
  if (new Set(ids).size !== ids.length) {
    throw new RetrievalError('vector_invalid', 'an id stands twice in the vector table')
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
