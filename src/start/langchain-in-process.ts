/** The whole service in this process, exposed as LangChain's retriever, embeddings and vector store. */
import { NssCopilotEmbeddings } from '../doors/langchain/embeddings.ts'
import { NssCopilotRetriever, type RetrieveOptions } from '../doors/langchain/retriever.ts'
import { NssCopilotVectorStore } from '../doors/langchain/vector-store.ts'
import type { Embedder } from '../engine/core/embedder.ts'
import { RetrievalError } from '../engine/core/errors.ts'
import type { Library } from '../engine/core/library.ts'
import type { Retriever } from '../engine/core/retrieval.ts'
import { citationBase, parseConfig } from './config.ts'
import { loadService } from './load-service.ts'
import { warnProcess } from './log.ts'

export type LoadNssCopilotOptions = {
  /** Folder of the built index; by default the package's own. */
  readonly indexDir?: string
  /** Folder of the embedding model; by default the package's own. */
  readonly modelDir?: string
  /** Threads per inference; 1 by default. */
  readonly threads?: number
  /** Base of all citation URLs; `http://127.0.0.1:8787` by default. */
  readonly publicBaseUrl?: string
  /** Called when the service works in a degraded way; emits a process warning by default. */
  readonly notice?: (message: string) => void
}

export type NssCopilot = {
  readonly retriever: Retriever
  readonly library: Library
  asRetriever(options?: RetrieveOptions): NssCopilotRetriever
  /** Throws `model_unavailable` when the model could not be loaded. */
  asEmbeddings(): NssCopilotEmbeddings
  /** Throws `model_unavailable` when the model could not be loaded. */
  asVectorStore(): NssCopilotVectorStore
  /** Frees model and index. */
  close(): Promise<void>
}

export async function loadLangchain(options: LoadNssCopilotOptions): Promise<NssCopilot> {
  const { indexDir, modelDir, threads, publicBaseUrl } = options
  const config = parseConfig({
    INDEX_DIR: indexDir,
    MODEL_DIR: modelDir,
    MODEL_THREADS: threads?.toString(),
    PUBLIC_BASE_URL: publicBaseUrl,
  })
  const service = await loadService({
    ...config,
    baseUrl: citationBase(config),
    notice: options.notice ?? warnProcess,
  })
  const { retriever, close } = service
  const embedder = (): Embedder => {
    if (service.embedder) return service.embedder
    throw new RetrievalError(
      'model_unavailable',
      `no embedding model in ${config.MODEL_DIR}: give modelDir, or restore the folder`,
    )
  }
  const asEmbeddings = () => new NssCopilotEmbeddings({ embedder: embedder() })
  return {
    retriever,
    get library() {
      return service.library
    },
    asRetriever: (retrieveOptions) => new NssCopilotRetriever({ ...retrieveOptions, retriever }),
    asEmbeddings,
    asVectorStore() {
      const { library, vectors: vectorIndex } = service.current()
      return new NssCopilotVectorStore(asEmbeddings(), { index: { library, vectorIndex } })
    },
    close,
  }
}
