/** Composes the service for Node: files on disk, models in their own threads, HNSW for large indexes. */
import { resolve } from 'node:path'
import { createNodeFiles } from '../engine/adapters/files/node-fs.ts'
import { createFlatIndex } from '../engine/adapters/vector-indexes/flat.ts'
import { isRetrievalError } from '../engine/core/errors.ts'
import { facetsOf } from '../engine/core/passage-filter.ts'
import type { Reranker } from '../engine/core/reranker.ts'
import type { VectorIndex } from '../engine/core/vector-index.ts'
import { hnswCacheName, type Snapshot } from '../engine/indexing/snapshot.ts'
import { composeService, type RunningService, type ServiceOptions } from './compose.ts'
import type { Config } from './config.ts'
import { createEmbeddingPool, type EmbeddingPool } from './embedding-pool.ts'
import { openModelFolder } from './model-folder.ts'

/** From this many passages on, `auto` picks HNSW: here it takes half the time of an exact search (`npm run bench -- --vectors`). */
export const HNSW_FROM = 5_000

export type LoadOptions = Pick<
  Config,
  'INDEX_DIR' | 'MODEL_DIR' | 'MODEL_SESSIONS' | 'MODEL_THREADS' | 'VECTOR_INDEX'
> &
  Partial<Pick<Config, 'RERANKER_DIR' | 'RERANKER_TIMEOUT_MS'>> &
  Pick<ServiceOptions, 'baseUrl' | 'notice' | 'now' | 'calibration'>

/**
 * If the model, the reranker or the HNSW package cannot be used, the service works without it and calls `notice` with the
 * reason. Rejects like `composeService`.
 */
export function loadService(options: LoadOptions): Promise<RunningService> {
  return composeService({
    baseUrl: options.baseUrl,
    notice: options.notice,
    now: options.now,
    calibration: options.calibration,
    rerankerTimeoutMs: options.RERANKER_TIMEOUT_MS,
    files: createNodeFiles(),
    indexDir: options.INDEX_DIR,
    openEmbedder: () => openEmbedder(options),
    openReranker: () => openReranker(options),
    openVectorIndex: (snapshot, indexDir) => openVectorIndex(snapshot, indexDir, options),
  })
}

async function openEmbedder(options: LoadOptions): Promise<EmbeddingPool | undefined> {
  const { notice } = options
  try {
    const folder = await openModelFolder(options.MODEL_DIR)
    return await createEmbeddingPool(folder, {
      sessions: options.MODEL_SESSIONS,
      threads: options.MODEL_THREADS,
      notice,
    })
  } catch (error) {
    if (!isRetrievalError(error) || error.code !== 'model_unavailable') throw error
    notice(`answering from the lexical index alone: ${error.message}`)
    return undefined
  }
}

async function openReranker(options: LoadOptions): Promise<Reranker | undefined> {
  const { RERANKER_DIR, MODEL_THREADS: threads, notice } = options
  if (!RERANKER_DIR) return undefined
  try {
    const { createRerankerThread } = await import('./reranker-thread.ts')
    return await createRerankerThread(RERANKER_DIR, { threads, notice })
  } catch (error) {
    if (!isRetrievalError(error) || error.code !== 'model_unavailable') throw error
    notice(`answering without a reranker: ${error.message}`)
    return undefined
  }
}

async function openVectorIndex(
  snapshot: Snapshot,
  indexDir: string,
  { VECTOR_INDEX, notice }: LoadOptions,
): Promise<VectorIndex> {
  const { vectors, manifest } = snapshot
  const input = { ...vectors, facets: facetsOf(snapshot) }
  const isLarge = vectors.ids.length >= HNSW_FROM
  if (VECTOR_INDEX === 'flat' || (VECTOR_INDEX === 'auto' && !isLarge))
    return createFlatIndex(input)
  try {
    const { createHnswIndex } = await import('../engine/adapters/vector-indexes/hnswlib.ts')
    return await createHnswIndex(input, { cachePath: resolve(indexDir, hnswCacheName(manifest)) })
  } catch (error) {
    if (!isRetrievalError(error) || error.code !== 'dependency_missing') throw error
    notice(`searching exactly (flat): ${error.message}`)
    return createFlatIndex(input)
  }
}
