/**
 * Composes a running service from an index folder and a model. It is the same for every runtime: Node, a Worker or a
 * browser call it with adapters of their own. Models are loaded once; the index can be replaced while the service runs.
 */
import type { Embedder } from '../engine/core/embedder.ts'
import { messageOf, RetrievalError } from '../engine/core/errors.ts'
import type { Library } from '../engine/core/library.ts'
import type { Reranker } from '../engine/core/reranker.ts'
import type { Retriever } from '../engine/core/retrieval.ts'
import type { Verifier } from '../engine/core/verification.ts'
import {
  type IndexSettings,
  type OpenIndex,
  openIndex,
  type ServedIndex,
  type ServiceEmbedder,
} from './served-index.ts'

/** The parts of a service. Runtimes differ only in the factories that they pass. */
export type ServiceOptions = IndexSettings & {
  /** The folder of the first index. */
  readonly indexDir: string
  /** Resolves with undefined if there is no model; answers are lexical then. */
  readonly openEmbedder: () => Promise<ServiceEmbedder | undefined>
  readonly openReranker?: () => Promise<Reranker | undefined>
}

export type IndexInfo = {
  /** `sha256:...` */
  readonly id: string
  /** Id of the embedding model that the index was built with. */
  readonly model: string
  readonly passages: number
  readonly vectorIndex: ServedIndex['vectorIndex']
}

/** A running service. It stays valid when its index is replaced. */
export type RunningService = {
  /** The index that new requests are answered from. */
  current(): ServedIndex
  /** Queries the current index. A question in progress finishes on the index that it started with. */
  readonly retriever: Retriever
  /** Checks quotes against the current index. */
  readonly verifier: Verifier
  /** `library`, `index` and `hasModel` describe the current index. */
  readonly library: Library
  readonly index: IndexInfo
  readonly hasModel: boolean
  readonly embedder: Embedder | undefined
  /**
   * Opens the index in a folder (by default the folder being served) and answers from it from then on. If it cannot be
   * used, this rejects with `index_missing`, `index_damaged` or `index_mismatch`, and the old index stays in use.
   */
  replaceIndex(indexDir?: string): Promise<IndexInfo>
  /** Closes the models and, after the last request, the index. */
  close(): Promise<void>
}

/**
 * Loads index and models in parallel. Rejects with `index_missing`, `index_damaged` or `index_mismatch`, or with whatever a
 * factory rejects with; everything that was opened is closed first.
 */
export async function composeService(options: ServiceOptions): Promise<RunningService> {
  const models = {
    embedder: options.openEmbedder(),
    reranker: options.openReranker?.() ?? Promise.resolve(undefined),
  }
  const closeModels = async () => {
    const opened = await Promise.allSettled([models.embedder, models.reranker])
    await Promise.all(opened.map((model) => model.status === 'fulfilled' && model.value?.close()))
  }

  let { indexDir } = options
  let serving: OpenIndex
  try {
    serving = await openIndex(indexDir, options, models)
  } catch (error) {
    await closeModels()
    throw error
  }

  let closed = false
  const replace = async (dir: string): Promise<IndexInfo> => {
    const next = closed ? undefined : await openIndex(dir, options, models)
    // The service may have been closed while the new index was being opened.
    if (!next || closed) {
      await next?.retire()
      throw new RetrievalError('not_ready', 'the service is closed: its index cannot be replaced')
    }
    const old = serving
    serving = next
    indexDir = dir
    old.retire().catch((error: unknown) => {
      options.notice(`the replaced index could not be closed: ${messageOf(error)}`)
    })
    return infoOf(next.served)
  }
  let last: Promise<unknown> = Promise.resolve()

  return {
    current: () => serving.served,
    retriever: {
      retrieve(request, requestOptions) {
        const { hold, retriever } = serving.served
        return hold(() => retriever.retrieve(request, requestOptions))
      },
    },
    verifier: { verify: (request) => serving.served.verifier.verify(request) },
    get library() {
      return serving.served.library
    },
    get index() {
      return infoOf(serving.served)
    },
    get hasModel() {
      return serving.served.hasModel
    },
    embedder: await models.embedder,
    // Replacements run one after another, so that the folder requested last is the one that is served in the end.
    replaceIndex(dir) {
      const replaced = last.then(() => replace(dir ?? indexDir))
      last = replaced.catch(() => undefined)
      return replaced
    },
    async close() {
      if (closed) return
      closed = true
      await closeModels()
      await last
      await serving.retire()
    },
  }
}

function infoOf({ library, modelId, vectorIndex }: ServedIndex): IndexInfo {
  return { id: library.indexId, model: modelId, passages: library.passageCount, vectorIndex }
}
