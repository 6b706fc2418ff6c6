/** Exact search: the cosine with every vector. Right for every guide corpus; see `npm run bench` for where it stops. */
import { highest, placesById } from '../../core/order.ts'
import { checkVector, dot, dotRows, meanVector } from '../../core/vector.ts'
import {
  checkTable,
  type VectorHit,
  type VectorIndex,
  type VectorTable,
} from '../../core/vector-index.ts'

export function createFlatIndex(table: VectorTable): VectorIndex {
  const { ids, dimensions, data } = table
  checkTable(table)
  const rows = ids.map((_, i) => data.subarray(i * dimensions, (i + 1) * dimensions))
  const rowOf = new Map(ids.map((id, i) => [id, i]))
  const rowsOf = (wanted: Iterable<string>) =>
    Array.from(wanted, (id) => rows[rowOf.get(id) ?? -1]).filter((row) => row !== undefined)
  const places = placesById(ids)

  return {
    kind: 'flat',
    size: ids.length,
    dimensions,
    search(vector, k) {
      checkVector(vector, dimensions)
      const scores = dotRows(data, dimensions, vector)
      return highest(scores, places, k).map(
        (i): VectorHit => ({ id: ids[i] ?? '', similarity: scores[i] ?? 0 }),
      )
    },
    similarity(vector, id) {
      const row = rows[rowOf.get(id) ?? -1]
      return row && dot(row, vector)
    },
    mean: (ids) => meanVector(rowsOf(ids), dimensions),
  }
}
