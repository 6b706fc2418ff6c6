/**
 * Approximate search with hnswlib-node, an optional native dependency (Malkov and Yashunin, "Efficient and robust
 * approximate nearest neighbor search using Hierarchical Navigable Small World graphs", 2018).
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { throwIfAborted } from '../../core/abort.ts'
import { messageOf, RetrievalError } from '../../core/errors.ts'
import { checkVector, dot } from '../../core/vector.ts'
import type { VectorHit, VectorIndex, VectorIndexInput } from '../../core/vector-index.ts'
import { createVectorRows } from '../../core/vector-rows.ts'

/** Links per node and build width: recall@10 stays above 0.99 on the public sets (`npm run bench -- --vectors`). */
const M = 16
const EF_CONSTRUCTION = 200
/** Smallest search width; it is at least twice the number of hits that are wanted. */
const MIN_EF_SEARCH = 200
const SEED = 20
/** Up to this many vectors that pass a filter are compared one by one, which takes less time than walking the graph past the others. */
const EXACT_UP_TO = 1000

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
  input: VectorIndexInput,
  options: { cachePath?: string } = {},
): Promise<VectorIndex> {
  const { ids, dimensions } = input
  const stored = createVectorRows(input)
  const library = await loadHnswlib()
  const graph = new library.HierarchicalNSW('ip', dimensions)
  const { cachePath } = options
  if (!(cachePath && readGraph(graph, cachePath, ids.length))) {
    graph.initIndex(Math.max(1, ids.length), M, EF_CONSTRUCTION, SEED)
    for (const [i, row] of stored.rows.entries()) graph.addPoint(Array.from(row), i)
    if (cachePath) writeGraph(graph, cachePath)
  }

  const walkGraph = (vector: Float32Array, k: number, selected: Int32Array): VectorHit[] => {
    const wanted = Math.min(k, selected.length)
    if (wanted < 1) return []
    graph.setEf(Math.max(MIN_EF_SEARCH, wanted * 2))
    const isSelected = selected.length < ids.length ? toMembership(selected, ids.length) : undefined
    const { neighbors } = graph.searchKnn(
      Array.from(vector),
      wanted,
      isSelected && ((i) => isSelected[i] === 1),
    )
    // The library sums in single precision and in another order; exact cosines give the same numbers as `flat`.
    return neighbors
      .map((i): VectorHit => {
        const row = stored.rows[i]
        return { id: ids[i] ?? '', similarity: row ? dot(row, vector) : 0 }
      })
      .sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1))
  }

  return {
    kind: 'hnsw',
    size: ids.length,
    dimensions,
    async search(vector, { k, filter, also = [], signal }) {
      throwIfAborted(signal)
      checkVector(vector, dimensions)
      const selected = stored.select(filter)
      if (selected.length < ids.length && selected.length <= EXACT_UP_TO)
        return stored.search(vector, { k, filter, also })
      return {
        nearest: walkGraph(vector, k, selected),
        also: stored.similarities(vector, also),
      }
    },
    async vectors(wanted, { signal } = {}) {
      throwIfAborted(signal)
      return stored.vectors(wanted)
    },
  }
}

/** 1 at each selected number. */
function toMembership(selected: Int32Array, size: number): Uint8Array {
  const isSelected = new Uint8Array(size)
  for (const number of selected) isSelected[number] = 1
  return isSelected
}

type Graph = InstanceType<Library['HierarchicalNSW']>

/** A damaged graph would crash the addon: it is read only when it still has the SHA-256 that was written beside it. */
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

/** The file is only a cache: where the folder cannot be written to, the next start builds the graph again. */
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
