/**
 * Approximate search with hnswlib-node, an optional native dependency (Malkov and Yashunin, "Efficient and robust
 * approximate nearest neighbor search using Hierarchical Navigable Small World graphs", 2018).
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { messageOf, RetrievalError } from '../../core/errors.ts'
import { checkVector, dot, meanVector } from '../../core/vector.ts'
import {
  checkTable,
  type VectorHit,
  type VectorIndex,
  type VectorTable,
} from '../../core/vector-index.ts'

/** Links per node and build width: recall@10 stays above 0.99 on the public sets (`npm run bench -- --vectors`). */
const M = 16
const EF_CONSTRUCTION = 200
const MIN_EF_SEARCH = 200
const SEED = 20

type Library = typeof import('hnswlib-node')

/** Throws `dependency_missing` with the remedy where the addon is not installed. */
export async function loadHnswlib(): Promise<Library> {
  try {
    const loaded = await import('hnswlib-node')
    return loaded.default ?? loaded
  } catch (cause) {
    throw new RetrievalError(
      'dependency_missing',
      `the package hnswlib-node is not usable here (${messageOf(cause).split('\n')[0]}): install make, g++ and python3 and run npm ci again, or set VECTOR_INDEX=flat`,
      { cause },
    )
  }
}

/** Builds the graph, or reads it from `cachePath` when that was written for the same vectors. */
export async function createHnswIndex(
  table: VectorTable,
  options: { cachePath?: string } = {},
): Promise<VectorIndex> {
  checkTable(table)
  const { ids, dimensions, data } = table
  const library = await loadHnswlib()
  const graph = new library.HierarchicalNSW('ip', dimensions)
  const rows = ids.map((_, i) => data.subarray(i * dimensions, (i + 1) * dimensions))
  const rowOf = new Map(ids.map((id, i) => [id, i]))
  const rowsOf = (wanted: Iterable<string>) =>
    Array.from(wanted, (id) => rows[rowOf.get(id) ?? -1]).filter((row) => row !== undefined)
  const { cachePath } = options
  if (!(cachePath && readGraph(graph, cachePath, ids.length))) {
    graph.initIndex(Math.max(1, ids.length), M, EF_CONSTRUCTION, SEED)
    for (const [i, row] of rows.entries()) graph.addPoint(Array.from(row), i)
    if (cachePath) writeGraph(graph, cachePath)
  }

  return {
    kind: 'hnsw',
    size: ids.length,
    dimensions,
    search(vector, k) {
      checkVector(vector, dimensions)
      const wanted = Math.min(k, ids.length)
      if (wanted < 1) return []
      graph.setEf(Math.max(MIN_EF_SEARCH, wanted * 2))
      const { neighbors } = graph.searchKnn(Array.from(vector), wanted)
      // The library's distances are single precision sums in another order: exact cosines make the answer like flat's.
      return neighbors
        .map((i): VectorHit => {
          const row = rows[i]
          return { id: ids[i] ?? '', similarity: row ? dot(row, vector) : 0 }
        })
        .sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1))
    },
    similarity(vector, id) {
      const row = rows[rowOf.get(id) ?? -1]
      return row && dot(row, vector)
    },
    mean: (ids) => meanVector(rowsOf(ids), dimensions),
  }
}

type Graph = InstanceType<Library['HierarchicalNSW']>

/** A damaged graph would crash the addon: it is read only when its SHA-256, kept beside it, still holds. */
function readGraph(graph: Graph, path: string, size: number): boolean {
  if (!existsSync(path) || !existsSync(sumPath(path))) return false
  try {
    if (sumOf(path) !== readFileSync(sumPath(path), 'utf8')) return false
    graph.readIndexSync(path)
    return graph.getCurrentCount() === size
  } catch {
    return false
  }
}

/** A cache: a folder that cannot be written to only costs the next start some time. */
function writeGraph(graph: Graph, path: string): void {
  const temporary = `${path}.${process.pid}.tmp`
  try {
    graph.writeIndexSync(temporary)
    const sum = sumOf(temporary)
    rmSync(sumPath(path), { force: true })
    renameSync(temporary, path)
    writeFileSync(sumPath(path), sum)
  } catch {
    rmSync(temporary, { force: true })
  }
}

const sumPath = (path: string) => `${path}.sha256`

function sumOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex')
}
