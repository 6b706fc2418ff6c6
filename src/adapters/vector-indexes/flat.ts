/** Exact search: the cosine with every vector. Right for every guide corpus; see `npm run bench` for where it stops. */
import { checkVector, dot, meanVector } from '../../core/vector.ts'
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
  // Number of each id in id order, so that ties can be broken without comparing strings.
  const order = new Int32Array(ids.length)
  ids
    .map((id, i) => ({ id, i }))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .forEach(({ i }, rank) => {
      order[i] = rank
    })

  return {
    kind: 'flat',
    size: ids.length,
    dimensions,
    search(vector, k) {
      checkVector(vector, dimensions)
      const scores = Float64Array.from(rows, (row) => dot(row, vector))
      const of = (i: number) => scores[i] ?? 0
      return Array.from(rows.keys())
        .sort((a, b) => of(b) - of(a) || (order[a] ?? 0) - (order[b] ?? 0))
        .slice(0, k)
        .map((i): VectorHit => ({ id: ids[i] ?? '', similarity: of(i) }))
    },
    similarity(vector, id) {
      const row = rows[rowOf.get(id) ?? -1]
      return row && dot(row, vector)
    },
    mean: (ids) => meanVector(rowsOf(ids), dimensions),
  }
}
