/**
 * From an index folder and a model to a running service, for every runtime: Node, a Worker and a browser call this one
 * function and only pick the adapters. The models are loaded once; the index can be replaced while the service runs.
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

/** What a service is made from; the factories are where runtimes differ. */
export type ServiceOptions = IndexSettings & {
  /** The folder of the first index. */
  readonly indexDir: string
  /** undefined: no model, so answers are lexical. */
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

/** A handle that stays valid when the index is replaced. */
export type RunningService = {
  /** The index that answers from now on. */
  current(): ServedIndex
  /** Asks the current index; a question that has begun ends on the index it began with. */
  readonly retriever: Retriever
  /** Checks quotes against the current index. */
  readonly verifier: Verifier
  /** The current index's, as are the next two. */
  readonly library: Library
  readonly index: IndexInfo
  readonly hasModel: boolean
  readonly embedder: Embedder | undefined
  /**
   * Opens the index in a folder (the one served now when none is given) and answers from it from then on. Rejects with
   * `index_missing`, `index_damaged` or `index_mismatch` when it cannot be used: the old index then goes on answering.
   */
  replaceIndex(indexDir?: string): Promise<IndexInfo>
  /** Ends the models and, after the last request, the index. */
  close(): Promise<void>
}

/**
 * Loads index and models side by side. Rejects with `index_missing`, `index_damaged` or `index_mismatch`, and with what
 * the factories reject with; nothing stays open then.
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
    // It may have been closed while the index was being opened.
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
    // One after another, so that the folder that was asked for last is the one that is served.
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
