/** The engine in the caller's own process: a folder of guides is indexed, then asked, without a server. */
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
      /** Guides of your own: `sources.yaml`, `en/*.md`, `es/*.md`, and `asked/` if there is one. */
      readonly corpus: string
      /** Where their index is kept; made when it is not there, brought up to date when the guides have changed. */
      readonly index: string
    }
  | {
      readonly corpus?: undefined
      /** A folder with a built index; the package's own, about Mexican social security, when not given. */
      readonly index?: string
    }

export type EngineOptions = Folders & {
  /** Folder of the embedding model; the package's own when not given. */
  readonly model?: string
  /** What citation URLs begin with; `http://127.0.0.1:8787` when not given. */
  readonly baseUrl?: string
  /** Called with warnings about guides and with everything that works less well than it could; a process warning when not given. */
  readonly notice?: (message: string) => void
  /** Called while passages are embedded, with how many are done and how many there are. */
  readonly onProgress?: EmbedProgress
}

export type Engine = {
  /**
   * The passages that answer a question, best first, each with its citation. Rejects with `invalid_request` naming the
   * wrong field, and with `aborted`.
   */
  retrieve(
    request: RetrievalInput,
    options?: { readonly signal?: AbortSignal },
  ): Promise<RetrievalResponse>
  /** Whether quotes are in the guides, and where. Throws `invalid_request` naming the wrong field. */
  verify(request: VerificationRequest): VerificationResponse
  /** Guides, passages and quick scans by id. */
  readonly library: Library
  /** Id, model and size of the index that answers now. */
  readonly index: IndexInfo
  /**
   * Indexes what has changed in the guides (or, without a corpus, reads the index folder again) and answers from the
   * result. Running questions end on the index they began with; after a fault the old index goes on answering.
   */
  reload(): Promise<IndexInfo>
  /** Lets running questions end and frees the model. */
  close(): Promise<void>
}

/**
 * Indexes the guides where they have changed, loads index and model, and answers from them. Rejects with
 * `guide_invalid` (naming every fault with file and line), `index_missing`, `index_damaged`, `index_mismatch`,
 * `model_damaged` or `config_invalid`. Without a usable model it answers lexically and calls `notice`.
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
      `no index in ${config.INDEX_DIR}: give createEngine a corpus folder to build it from`,
      { cause: error },
    )
  }
}
