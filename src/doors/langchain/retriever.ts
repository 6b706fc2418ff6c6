/** The service as a LangChain retriever: in process with any `Retriever`, or over HTTP with a base URL. */
import {
  CallbackManager,
  type CallbackManagerForRetrieverRun,
  parseCallbackConfigArg,
} from '@langchain/core/callbacks/manager'
import { Document } from '@langchain/core/documents'
import { BaseRetriever, type BaseRetrieverInput } from '@langchain/core/retrievers'
import { ensureConfig, type RunnableConfig } from '@langchain/core/runnables'
import { throwIfAborted, untilAborted } from '../../engine/core/abort.ts'
import { validate } from '../../engine/core/input.ts'
import { type PassageMetadata, toPassageMetadata } from '../../engine/core/passage-metadata.ts'
import {
  type Answerability,
  type RetrievalInput,
  type RetrievalResponse,
  type Retriever,
  retrievalRequestSchema,
} from '../../engine/core/retrieval.ts'
import { createClient } from '../client/client.ts'

/** Options of a call; `k` is LangChain's name for `limit`. */
export type RetrieveOptions = Pick<
  RetrievalInput,
  'limit' | 'languages' | 'guides' | 'minAuthority' | 'maxTokens'
> & { readonly k?: number }

export type RetrieverInput = BaseRetrieverInput &
  RetrieveOptions &
  (
    | {
        /** A service in this process, or a client that you configured yourself. */
        readonly retriever: Retriever
        readonly baseUrl?: undefined
      }
    | {
        /** Address of a running service: `http://127.0.0.1:8787`. */
        readonly baseUrl: string
        readonly retriever?: undefined
      }
  )

export type RetrievedMetadata = PassageMetadata & {
  readonly rank: number
  /** Calibrated probability that the passage answers the question. */
  readonly score: number
  readonly tokens: number
  /** For the answer as a whole, so the same in all its documents. `partial`: the guides may not answer the whole question. */
  readonly answerability: Answerability
  /** If true, the answer was found without the model, by the lexical index alone. */
  readonly degraded: boolean
  readonly indexId: string
}

/** The largest token budget that the service allows, so that `k` alone decides how many documents are returned by default. */
const WHOLE_BUDGET = 8000

export class NssCopilotRetriever extends BaseRetriever<RetrievedMetadata> {
  static override lc_name() {
    return 'NssCopilotRetriever'
  }

  lc_namespace = ['nss_copilot', 'retrievers']
  readonly options: RetrieveOptions
  readonly #retriever: Retriever

  constructor(input: RetrieverInput) {
    super(input)
    this.options = readOptions(input)
    this.#retriever = input.retriever ?? createClient({ baseUrl: input.baseUrl })
  }

  /**
   * Options given here override those of the constructor. `BaseRetriever.invoke` ignores abort signals, so this repeats its
   * steps and passes the signal on.
   */
  override async invoke(
    input: string,
    options?: RunnableConfig & RetrieveOptions,
  ): Promise<Document<RetrievedMetadata>[]> {
    const config: RunnableConfig = ensureConfig(parseCallbackConfigArg(options))
    throwIfAborted(config.signal)
    const manager = await CallbackManager.configure(
      config.callbacks,
      this.callbacks,
      config.tags,
      this.tags,
      config.metadata,
      this.metadata,
      { verbose: this.verbose },
    )
    const run = await manager?.handleRetrieverStart(
      this.toJSON(),
      input,
      config.runId,
      undefined,
      undefined,
      undefined,
      config.runName,
    )
    try {
      const documents = await untilAborted(config.signal, () =>
        this.#find(input, { ...this.options, ...readOptions(options ?? {}) }, config.signal),
      )
      await run?.handleRetrieverEnd(documents)
      return documents
    } catch (error) {
      await run?.handleRetrieverError(error)
      throw error
    }
  }

  override _getRelevantDocuments(
    query: string,
    _run?: CallbackManagerForRetrieverRun,
  ): Promise<Document<RetrievedMetadata>[]> {
    return this.#find(query, this.options)
  }

  async #find(
    query: string,
    { k, ...options }: RetrieveOptions,
    signal?: AbortSignal,
  ): Promise<Document<RetrievedMetadata>[]> {
    const request = validate(retrievalRequestSchema, {
      maxTokens: WHOLE_BUDGET,
      ...options,
      query,
      quickScan: false,
      ...(k === undefined ? {} : { limit: k }),
    })
    return toDocuments(await this.#retriever.retrieve(request, { signal }))
  }
}

/** Picks the options that are present, so that they can be spread over others; `limit` becomes `k`. */
function readOptions(from: RetrieveOptions): RetrieveOptions {
  const { k, limit, languages, guides, minAuthority, maxTokens } = from
  const count = limit ?? k
  return {
    ...(count === undefined ? {} : { k: count }),
    ...(languages === undefined ? {} : { languages }),
    ...(guides === undefined ? {} : { guides }),
    ...(minAuthority === undefined ? {} : { minAuthority }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
  }
}

function toDocuments(answer: RetrievalResponse): Document<RetrievedMetadata>[] {
  const { answerability, degraded, index } = answer
  return answer.passages.map((passage) => {
    const { id, text, rank, score, tokens } = passage
    return new Document({
      id,
      pageContent: text,
      metadata: {
        ...toPassageMetadata(passage),
        rank,
        score,
        tokens,
        answerability,
        degraded,
        indexId: index.id,
      },
    })
  })
}
