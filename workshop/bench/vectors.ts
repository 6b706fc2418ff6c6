/** Compares exact and approximate vector search by index size, on clustered unit vectors. `HNSW_FROM` is chosen from this. */
import { createFlatIndex } from '../../src/engine/adapters/vector-indexes/flat.ts'
import { createHnswIndex } from '../../src/engine/adapters/vector-indexes/hnswlib.ts'
import { normalize } from '../../src/engine/core/vector.ts'
import { createRandom } from '../evaluation/random.ts'
import { type BenchRow, formatMs, median, timeInTurns } from './timing.ts'

const DIMENSIONS = 384
const SIZES = [1000, 5000, 20_000, 50_000]
const CLUSTERS = 500
/** Distance of a vector from its cluster's centre, in each dimension. */
const NOISE = 0.08
const QUERIES = 50
const SEED = 7
/** Candidates per search, as the ranker asks for. */
const CANDIDATES = 200
const RECALL_DEPTH = 10

export async function benchVectors(): Promise<BenchRow[]> {
  const near = createVectors()
  const rows: BenchRow[] = []
  for (const size of SIZES) {
    const data = new Float32Array(size * DIMENSIONS)
    for (let i = 0; i < size; i++) data.set(near(), i * DIMENSIONS)
    const ids = Array.from({ length: size }, (_, i) => `v${i}`)
    const facets = ids.map((id) => ({ id, language: 'en', guideId: id, authorities: [] }))
    const table = { ids, dimensions: DIMENSIONS, data, facets }
    const flat = createFlatIndex(table)
    const began = performance.now()
    const hnsw = await createHnswIndex(table)
    const builtSeconds = (performance.now() - began) / 1000
    const queries = Array.from({ length: QUERIES }, near)
    const vectorOf = (item: number) => queries[item] ?? new Float32Array(DIMENSIONS)
    const times = await timeInTurns(
      {
        flat: (item) => flat.search(vectorOf(item), { k: CANDIDATES }),
        hnsw: (item) => hnsw.search(vectorOf(item), { k: CANDIDATES }),
      },
      queries.length,
    )
    let found = 0
    for (const query of queries) {
      const exact = await flat.search(query, { k: RECALL_DEPTH })
      const approximate = await hnsw.search(query, { k: RECALL_DEPTH })
      const right = new Set(exact.nearest.map((hit) => hit.id))
      found += approximate.nearest.filter((hit) => right.has(hit.id)).length
    }
    const recall = found / (queries.length * RECALL_DEPTH)
    rows.push([
      `${size} vectors`,
      `flat ${formatMs(median(times.flat))}, hnsw ${formatMs(median(times.hnsw))}, recall@${RECALL_DEPTH} ${recall.toFixed(3)}, graph built in ${builtSeconds.toFixed(1)} s`,
    ])
  }
  return rows
}

/** Gives a new vector near one of the cluster centres at every call. */
function createVectors(): () => Float32Array {
  const random = createRandom(SEED)
  const around = () => random() - 0.5
  const centres = Array.from({ length: CLUSTERS }, () =>
    normalize(Float32Array.from({ length: DIMENSIONS }, around)),
  )
  return () => {
    const centre = centres[Math.floor(random() * CLUSTERS)] ?? new Float32Array(DIMENSIONS)
    return normalize(centre.map((value) => value + around() * NOISE))
  }
}
