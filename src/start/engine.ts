/** The engine for the caller's own process: indexes a folder of guides and answers questions from it, without a server. */
import { isRetrievalError, RetrievalError } from '../engine/core/errors.ts'
import { validate } from '../engine/core/input.ts'
import type { Library } from '../engine/core/library.ts'
import {
  type RetrievalInput,
  type RetrievalResponse,
  retrievalRequestSchema,
} from '../engine/core/retrieval.ts'
import {
  type VerificationRequest,
  type VerificationResponse,
  verificationRequestSchema,
} from '../engine/core/verification.ts'
import type { EmbedProgress } from '../engine/indexing/embed-texts.ts'
import { buildAndWrite, cacheDirOf } from './build.ts'
import type { IndexInfo, RunningService } from './compose.ts'
import { type Config, citationBase, parseConfig } from './config.ts'
import { loadService } from './load-service.ts'
import { warnProcess } from './log.ts'

type Folders =
  | {
      /** Folder of your own guides: `sources.yaml`, `en/*.md`, `es/*.md`, and optionally `asked/`. */
      readonly corpus: string
      /** Folder of their index. It is created if it does not exist, and updated if the guides have changed. */
      readonly index: string
    }
  | {
      readonly corpus?: undefined
      /** Folder of a built index; by default the package's own, about Mexican social security. */
      readonly index?: string
    }

export type EngineOptions = Folders & {
  /** Folder of the embedding model; by default the package's own. */
  readonly model?: string
  /** Base of all citation URLs; `http://127.0.0.1:8787` by default. */
  readonly baseUrl?: string
  /** Called with warnings about guides, and when the engine works in a degraded way; emits a process warning by default. */
  readonly notice?: (message: string) => void
  /** Called while passages are embedded, with the number done and the total. */
  readonly onProgress?: EmbedProgress
}

export type Engine = {
  /**
   * Resolves with the passages that answer a question, best first, each with its citation. Rejects with `invalid_request`,
   * naming the wrong field, or with `aborted`.
   */
  retrieve(
    request: RetrievalInput,
    options?: { readonly signal?: AbortSignal },
  ): Promise<RetrievalResponse>
  /** Checks whether quotes are in the guides, and where. Throws `invalid_request`, naming the wrong field. */
  verify(request: VerificationRequest): VerificationResponse
  /** Guides, passages and quick scans by id. */
  readonly library: Library
  /** Id, model and size of the index currently in use. */
  readonly index: IndexInfo
  /**
   * Updates the index for guides that have changed (or, without a corpus, reads the index folder again) and answers from
   * the result. Questions in progress finish on the index that they started with. If this fails, the old index stays in use.
   */
  reload(): Promise<IndexInfo>
  /** Waits for questions in progress, then frees the model. */
  close(): Promise<void>
}

/**
 * Updates the index for guides that have changed, then loads index and model. Rejects with `guide_invalid` (naming every
 * fault with file and line), `index_missing`, `index_damaged`, `index_mismatch`, `model_damaged` or `config_invalid`.
 * Without a usable model the engine answers lexically and calls `notice`.
 */
export async function createEngine(options: EngineOptions = {}): Promise<Engine> {
  const { corpus, notice = warnProcess, onProgress } = options
  if (corpus !== undefined && options.index === undefined) {
    throw new RetrievalError(
      'config_invalid',
      'createEngine: corpus is given without index: name the folder that its index is kept in',
    )
  }
  const config = parseConfig({
    INDEX_DIR: options.index,
    MODEL_DIR: options.model,
    PUBLIC_BASE_URL: options.baseUrl,
  })
  const bringUpToDate = async (): Promise<void> => {
    if (corpus === undefined) return
    const { warnings } = await buildAndWrite({
      corpusDir: corpus,
      indexDir: config.INDEX_DIR,
      modelDir: config.MODEL_DIR,
      cacheDir: cacheDirOf(config.INDEX_DIR),
      onProgress,
    })
    for (const warning of warnings) notice(warning)
  }

  await bringUpToDate()
  const service = await open(config, notice)
  return {
    retrieve: async (request, { signal } = {}) =>
      service.retriever.retrieve(validate(retrievalRequestSchema, request), { signal }),
    verify: (request) => service.verifier.verify(validate(verificationRequestSchema, request)),
    get library() {
      return service.library
    },
    get index() {
      return service.index
    },
    async reload() {
      await bringUpToDate()
      return service.replaceIndex()
    },
    close: service.close,
  }
}

async function open(config: Config, notice: (message: string) => void): Promise<RunningService> {
  try {
    return await loadService({ ...config, baseUrl: citationBase(config), notice })
  } catch (error) {
    if (!isRetrievalError(error) || error.code !== 'index_missing') throw error
    throw new RetrievalError(
      'index_missing',
      `there is no index in ${config.INDEX_DIR}: give createEngine a corpus folder to build one from`,
      { cause: error },
    )
  }
}
