/** Vectors held in memory, one row per passage: the exact arithmetic that every in-process vector index shares. */
import { highest, orderIds } from './order.ts'
import { createPassageSelector, type PassageSelector } from './passage-filter.ts'
import { checkVector, dot, dotRows } from './vector.ts'
import {
  checkVectorIndexInput,
  type VectorAnswer,
  type VectorHit,
  type VectorIndexInput,
  type VectorSearch,
} from './vector-index.ts'

export type VectorRows = {
  /** The stored vectors by row number. */
  readonly rows: readonly Float32Array[]
  /** Row numbers of the passages that match a filter. */
  readonly select: PassageSelector
  /** Exact search. Throws `vector_invalid` on wrong dimensions or NaN. */
  search(vector: Float32Array, search: Omit<VectorSearch, 'signal'>): VectorAnswer
  /** The exact similarity of each known id, in the order given. */
  similarities(vector: Float32Array, ids: readonly string[]): VectorHit[]
  /** The stored vector of each known id. */
  vectors(ids: readonly string[]): ReadonlyMap<string, Float32Array>
}

/** Throws `vector_invalid` for vectors, ids and facets that do not agree. */
export function createVectorRows(input: VectorIndexInput): VectorRows {
  checkVectorIndexInput(input)
  const { ids, dimensions, data, facets } = input
  const rows = ids.map((_, i) => data.subarray(i * dimensions, (i + 1) * dimensions))
  const rowOf = new Map(ids.map((id, i) => [id, i]))
  const idOrder = orderIds(ids)
  const select = createPassageSelector(facets)
  const toHit = (row: number, similarity: number): VectorHit => ({ id: ids[row] ?? '', similarity })
  const similarityOf = (row: number, vector: Float32Array) => {
    const stored = rows[row]
    return stored ? dot(stored, vector) : 0
  }
  /** Cosines by row number; 0 for rows that are not selected. */
  const scoresOf = (vector: Float32Array, selected: Int32Array): Float64Array => {
    if (selected.length === rows.length) return dotRows(data, dimensions, vector)
    const scores = new Float64Array(rows.length)
    for (const row of selected) scores[row] = similarityOf(row, vector)
    return scores
  }

  return {
    rows,
    select,
    search(vector, { k, filter, also = [] }) {
      checkVector(vector, dimensions)
      const selected = k < 1 ? new Int32Array() : select(filter)
      const scores = scoresOf(vector, selected)
      const nearest = highest(scores, selected, idOrder, k).map((row) =>
        toHit(row, scores[row] ?? 0),
      )
      const further: VectorHit[] = []
      for (const id of also) {
        const row = rowOf.get(id)
        if (row === undefined) continue
        // A score of 0 almost always means that the row was not selected and has not been computed.
        further.push({ id, similarity: scores[row] || similarityOf(row, vector) })
      }
      return { nearest, also: further }
    },
    similarities: (vector, wanted) =>
      wanted.flatMap((id) => {
        const row = rowOf.get(id)
        return row === undefined ? [] : [toHit(row, similarityOf(row, vector))]
      }),
    vectors: (wanted) =>
      new Map(
        wanted.flatMap((id): [string, Float32Array][] => {
          const stored = rows[rowOf.get(id) ?? -1]
          return stored ? [[id, stored]] : []
        }),
      ),
  }
}
