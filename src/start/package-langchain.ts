/** The names of `nss-copilot/langchain`; what runs in process is loaded only when it is asked for. */
import type { LoadNssCopilotOptions, NssCopilot } from './load-langchain.ts'

export { NssCopilotEmbeddings } from '../doors/langchain/embeddings.ts'
export {
  NssCopilotRetriever,
  type RetrievedMetadata,
  type RetrieveOptions,
  type RetrieverInput,
} from '../doors/langchain/retriever.ts'
export {
  NssCopilotVectorStore,
  type VectorStoreFilter,
  type VectorStoreInput,
} from '../doors/langchain/vector-store.ts'
export type { PassageMetadata } from '../engine/core/passage-metadata.ts'
export type { LoadNssCopilotOptions, NssCopilot } from './load-langchain.ts'

/** Index and model in this process: no server, no network. */
export async function loadNssCopilot(options: LoadNssCopilotOptions = {}): Promise<NssCopilot> {
  const { loadLangchain } = await import('./load-langchain.ts')
  return loadLangchain(options)
}
