/** From an index folder and a model folder to a service: the composition that every Node entry shares. */
import { resolve } from 'node:path'
import type { Service } from '../doors/http/service.ts'
import { createNodeFiles } from '../engine/adapters/files/node-fs.ts'
import { createFlatIndex } from '../engine/adapters/vector-indexes/flat.ts'
import type { Calibration } from '../engine/core/calibration.ts'
import type { Embedder } from '../engine/core/embedder.ts'
import { isRetrievalError, messageOf, RetrievalError } from '../engine/core/errors.ts'
import type { LexicalIndex } from '../engine/core/lexical-index.ts'
import type { Reranker } from '../engine/core/reranker.ts'
import { type Retriever, retrievalRequestSchema } from '../engine/core/retrieval.ts'
import type { VectorIndex } from '../engine/core/vector-index.ts'
import { lexicalDocuments } from '../engine/indexing/lexical-documents.ts'
import { REBUILD } from '../engine/indexing/manifest.ts'
import { hnswCacheName, readSnapshot, type Snapshot } from '../engine/indexing/snapshot.ts'
import { PROFILES } from '../engine/languages/registry.ts'
import { createLexicalIndex } from '../engine/lexical/bm25.ts'
import { createLanguageDetector } from '../engine/lexical/language-detector.ts'
import { createLibrary } from '../engine/library/library.ts'
import { createRetriever, type RetrieverDeps } from '../engine/search/retriever.ts'
import { createVerifier } from '../engine/verify/verifier.ts'
import type { Config } from './config.ts'
import { createEmbeddingPool } from './embedding-pool.ts'
import { openModelFolder } from './model-folder.ts'

/** `auto` goes approximate from here, where the graph takes half of an exact search's time (`npm run bench -- --vectors`). */
export const HNSW_FROM = 5_000

export type Notice = (message: string) => void

export type LoadOptions = Pick<
  Config,
  'INDEX_DIR' | 'MODEL_DIR' | 'MODEL_SESSIONS' | 'MODEL_THREADS' | 'VECTOR_INDEX'
> &
  Partial<Pick<Config, 'RERANKER_DIR' | 'RERANKER_TIMEOUT_MS'>> & {
    /** What citation URLs begin with. */
    readonly baseUrl: string
    /** Told once about each thing that works less well than it could. */
    readonly notice: Notice
    readonly now?: () => Date
    /** Another calibration than the index's own. */
    readonly calibration?: Calibration
  }

export type LoadedService = Service & {
  readonly snapshot: Snapshot
  /** Absent when the model could not be loaded. */
  readonly embedder: Embedder | undefined
  readonly vectors: VectorIndex
  close(): Promise<void>
}

/** Index and model are loaded side by side; without the model the service answers lexically and says so. */
export async function loadService(options: LoadOptions): Promise<LoadedService> {
  const [snapshot, embedder, reranker, { createPointTo }] = await Promise.all([
    readSnapshot(createNodeFiles(), options.INDEX_DIR),
    loadEmbedder(options),
    loadReranker(options),
    // Its parser is read while the model is.
    import('../engine/guides/fragments.ts'),
  ])
  if (embedder && embedder.fingerprint !== snapshot.manifest.embedder) {
    await embedder.close()
    await reranker?.close()
    throw new RetrievalError(
      'index_mismatch',
      `the index in ${options.INDEX_DIR} was built with another model than ${options.MODEL_DIR}: ${REBUILD}, or set MODEL_DIR to the model "${snapshot.manifest.model}"`,
    )
  }
  const vectorIndex = await pickVectorIndex(snapshot, options)
  const { library, retriever } = composeService(snapshot, {
    ...options,
    embedder,
    vectorIndex,
    reranker,
    rerankerTimeoutMs: options.RERANKER_TIMEOUT_MS,
  })
  const verifier = createVerifier({
    guides: snapshot.guides,
    passages: snapshot.passages,
    indexId: snapshot.manifest.id,
    languages: PROFILES,
    link: library.link,
    pointTo: createPointTo(),
  })
  await warmUp(retriever)
  return {
    snapshot,
    library,
    retriever,
    verifier,
    modelId: snapshot.manifest.model,
    hasModel: embedder !== undefined,
    vectorIndex: vectorIndex.kind,
    embedder,
    vectors: vectorIndex,
    async close() {
      await embedder?.close()
      await reranker?.close()
    },
  }
}

export type ServiceParts = Pick<LoadOptions, 'baseUrl' | 'notice' | 'now' | 'calibration'> & {
  readonly embedder: Pick<Embedder, 'embed'> | undefined
  readonly vectorIndex: VectorIndex
  /** Another one than the index's own. */
  readonly lexicalIndex?: LexicalIndex
  /** Another order of the candidates than the service's own, to compare with. */
  readonly reorder?: RetrieverDeps['reorder']
  readonly lead?: RetrieverDeps['lead']
  readonly reranker?: RetrieverDeps['reranker']
  readonly rerankerTimeoutMs?: number
}

export type ComposedService = Pick<LoadedService, 'snapshot' | 'library' | 'retriever'>

/** Retriever and library over parts that are open already. */
export function composeService(snapshot: Snapshot, parts: ServiceParts): ComposedService {
  const library = createLibrary({
    indexId: snapshot.manifest.id,
    guides: snapshot.guides,
    sources: new Map(snapshot.sources.map((source) => [source.id, source])),
    passages: snapshot.passages,
    baseUrl: parts.baseUrl,
    now: parts.now ?? (() => new Date()),
  })
  const ownLexicalIndex = () =>
    createLexicalIndex(snapshot.lexical, {
      languages: PROFILES,
      documents: lexicalDocuments(snapshot.passages, snapshot.guides, PROFILES),
    })
  const retriever: Retriever = createRetriever({
    library,
    passages: snapshot.passages,
    vectorIndex: parts.vectorIndex,
    lexicalIndex: parts.lexicalIndex ?? ownLexicalIndex(),
    embedder: parts.embedder,
    modelId: snapshot.manifest.model,
    detectLanguage: createLanguageDetector(PROFILES),
    calibration: parts.calibration ?? snapshot.calibration,
    reorder: parts.reorder,
    lead: parts.lead,
    reranker: parts.reranker,
    rerankerTimeoutMs: parts.rerankerTimeoutMs,
    onDegraded: (error) => parts.notice(`a question was answered lexically: ${messageOf(error)}`),
  })
  return { snapshot, library, retriever }
}

/** The first question runs uncompiled and takes several times as long: better this one than somebody's. */
async function warmUp(retriever: Retriever): Promise<void> {
  const request = retrievalRequestSchema.parse({
    query: 'what do I need for an NSS',
    explain: true,
  })
  await retriever.retrieve(request)
}

async function loadEmbedder(options: LoadOptions): Promise<Embedder | undefined> {
  try {
    const folder = await openModelFolder(options.MODEL_DIR)
    return await createEmbeddingPool(folder, {
      sessions: options.MODEL_SESSIONS,
      threads: options.MODEL_THREADS,
    })
  } catch (error) {
    if (!isRetrievalError(error) || error.code !== 'model_unavailable') throw error
    options.notice(`answering from the lexical index alone: ${error.message}`)
    return undefined
  }
}

/** One that cannot be loaded is somebody's mistake, but no reason not to answer. */
async function loadReranker(options: LoadOptions): Promise<Reranker | undefined> {
  if (!options.RERANKER_DIR) return undefined
  try {
    const { createRerankerThread } = await import('./reranker-thread.ts')
    return await createRerankerThread(options.RERANKER_DIR, options.MODEL_THREADS)
  } catch (error) {
    if (!isRetrievalError(error) || error.code !== 'model_unavailable') throw error
    options.notice(`answering without a reranker: ${error.message}`)
    return undefined
  }
}

async function pickVectorIndex(snapshot: Snapshot, options: LoadOptions): Promise<VectorIndex> {
  const { vectors, manifest } = snapshot
  const wanted = options.VECTOR_INDEX
  const large = vectors.ids.length >= HNSW_FROM
  if (wanted === 'flat' || (wanted === 'auto' && !large)) return createFlatIndex(vectors)
  try {
    const { createHnswIndex } = await import('../engine/adapters/vector-indexes/hnswlib.ts')
    const cachePath = resolve(options.INDEX_DIR, hnswCacheName(manifest))
    return await createHnswIndex(vectors, { cachePath })
  } catch (error) {
    if (!isRetrievalError(error) || error.code !== 'dependency_missing') throw error
    options.notice(`searching exactly (flat): ${error.message}`)
    return createFlatIndex(vectors)
  }
}
