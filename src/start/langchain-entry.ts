/** What `nss-copilot/langchain` exports; index and model are loaded only when `loadNssCopilot` is called. */
import type { LoadNssCopilotOptions, NssCopilot } from './langchain-in-process.ts'

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
export type { LoadNssCopilotOptions, NssCopilot } from './langchain-in-process.ts'

/** Loads index and model into this process: no server, no network. Rejects with `index_missing` and the like. */
export async function loadNssCopilot(options: LoadNssCopilotOptions = {}): Promise<NssCopilot> {
  const { loadLangchain } = await import('./langchain-in-process.ts')
  return loadLangchain(options)
}
