/** Opens one index of a running service and closes it after its last request. Runtime-neutral. */

import type { Embedder } from '../engine/core/embedder.ts'
import { RetrievalError } from '../engine/core/errors.ts'
import type { Files } from '../engine/core/files.ts'
import type { Reranker } from '../engine/core/reranker.ts'
import { type Retriever, retrievalRequestSchema } from '../engine/core/retrieval.ts'
import type { VectorIndex } from '../engine/core/vector-index.ts'
import type { Verifier } from '../engine/core/verification.ts'
import { REBUILD } from '../engine/indexing/manifest.ts'
import { readSnapshot, type Snapshot } from '../engine/indexing/snapshot.ts'
import {
  type LibrarySettings,
  type SearchableIndex,
  type SearchParts,
  searchableIndex,
  verifierOf,
} from './index-parts.ts'

/** An embedder that can tell whether its model is available now; without `isUp` it is assumed to be. */
export type ServiceEmbedder = Embedder & { readonly isUp?: boolean }

/** A vector index; `close` frees its resources, if it has any. */
export type OpenedVectorIndex = VectorIndex & { readonly close?: () => Promise<void> }

export type IndexSettings = LibrarySettings &
  Pick<SearchParts, 'notice' | 'calibration' | 'rerankerTimeoutMs'> & {
    readonly files: Files
    readonly openVectorIndex: (snapshot: Snapshot, indexDir: string) => Promise<OpenedVectorIndex>
  }

/** The models, which may still be loading. Each resolves with undefined if there is none. */
export type LoadingModels = {
  readonly embedder: Promise<ServiceEmbedder | undefined>
  readonly reranker: Promise<Reranker | undefined>
}

/** An index in use by the service. Get it from the service once per request; the next request may get another index. */
export type ServedIndex = SearchableIndex & {
  readonly verifier: Verifier
  readonly vectors: VectorIndex
  readonly modelId: string
  /** Whether questions can be embedded now: false without a model, and while the model is being restarted. */
  readonly hasModel: boolean
  readonly vectorIndex: VectorIndex['kind']
  /** Keeps this index open until the task has settled, even if the index is replaced in the meantime. */
  hold<T>(task: () => T | Promise<T>): Promise<T>
}

export type OpenIndex = {
  readonly served: ServedIndex
  /** Closes the index after the last request that holds it. */
  retire(): Promise<void>
}

/**
 * Reads an index, opens its vector index and warms it up with a question. Rejects with `index_missing`, `index_damaged`, or
 * with `index_mismatch` if the index was built with another model than the one loaded.
 */
export async function openIndex(
  indexDir: string,
  settings: IndexSettings,
  models: LoadingModels,
): Promise<OpenIndex> {
  const [snapshot, embedder, reranker, { createPointTo }] = await Promise.all([
    readSnapshot(settings.files, indexDir),
    models.embedder,
    models.reranker,
    // Imported here because it is a large parser, which can be read while the model loads.
    import('../engine/guides/fragments.ts'),
  ])
  checkModel(snapshot, embedder, indexDir)
  const vectors = await settings.openVectorIndex(snapshot, indexDir)
  try {
    const parts = { ...settings, embedder, reranker, vectorIndex: vectors }
    const searchable = searchableIndex(snapshot, parts)
    const verifier = verifierOf(snapshot, searchable.library, createPointTo())
    await warmUp(searchable.retriever)
    return serve({ ...searchable, verifier, vectors }, embedder)
  } catch (error) {
    await vectors.close?.()
    throw error
  }
}

type Parts = Pick<ServedIndex, 'snapshot' | 'library' | 'retriever' | 'verifier'> & {
  readonly vectors: OpenedVectorIndex
}

function serve(parts: Parts, embedder: ServiceEmbedder | undefined): OpenIndex {
  const { vectors } = parts
  let holders = 0
  let onIdle = () => {}
  const served: ServedIndex = {
    ...parts,
    modelId: parts.snapshot.manifest.model,
    get hasModel() {
      return embedder !== undefined && embedder.isUp !== false
    },
    vectorIndex: vectors.kind,
    async hold(task) {
      holders++
      try {
        return await task()
      } finally {
        if (--holders === 0) onIdle()
      }
    },
  }
  return {
    served,
    async retire() {
      // A request that got this index just now may not hold it yet; one turn of the event loop gives it the chance.
      await new Promise((resolve) => setTimeout(resolve))
      if (holders > 0) {
        await new Promise<void>((resolve) => {
          onIdle = resolve
        })
      }
      await vectors.close?.()
    },
  }
}

function checkModel(
  { manifest }: Snapshot,
  embedder: ServiceEmbedder | undefined,
  indexDir: string,
): void {
  if (!embedder || embedder.fingerprint === manifest.embedder) return
  throw new RetrievalError(
    'index_mismatch',
    `the index in ${indexDir} was built with another model than the one loaded (${embedder.modelId}): ${REBUILD}, or set MODEL_DIR to the model "${manifest.model}"`,
  )
}

/** The first question runs before the JIT has compiled the code and takes several times as long, so no caller should get it. */
async function warmUp(retriever: Retriever): Promise<void> {
  const query = 'what do I need for an NSS'
  await retriever.retrieve(retrievalRequestSchema.parse({ query, explain: true }))
}
