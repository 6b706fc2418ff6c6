/** The exports of `nss-copilot/langchain`. Index and model are loaded only when `loadNssCopilot` is called. */
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

/**
 * Loads index and model into this process, without a server or network access. Rejects with `index_missing`,
 * `index_damaged` or `index_mismatch`.
 */
export async function loadNssCopilot(options: LoadNssCopilotOptions = {}): Promise<NssCopilot> {
  const { loadLangchain } = await import('./langchain-in-process.ts')
  return loadLangchain(options)
}
