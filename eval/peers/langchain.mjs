/** LangChain.js: the memory vector store, and the ensemble (reciprocal rank fusion) of it and its BM25, in both orders. */
import { EnsembleRetriever } from '@langchain/classic/retrievers/ensemble'
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory'
import { BM25Retriever } from '@langchain/community/retrievers/bm25'
import { Document } from '@langchain/core/documents'
import { Embeddings } from '@langchain/core/embeddings'

const K = 100

/** The vectors that are known already. */
class KnownEmbeddings extends Embeddings {
  constructor(vectorOf) {
    super({})
    this.vectorOf = vectorOf
  }
  async embedQuery(text) {
    return this.vectorOf.get(text)
  }
  async embedDocuments() {
    throw new Error('documents come with their vectors')
  }
}

export async function langchainSystems({ documents, queries }) {
  const vectorOf = new Map(queries.map(({ text, vector }) => [text, Array.from(vector)]))
  const records = documents.map(
    ({ id, whole }) => new Document({ id, pageContent: whole, metadata: { id } }),
  )
  const store = new MemoryVectorStore(new KnownEmbeddings(vectorOf))
  await store.addVectors(
    documents.map(({ vector }) => Array.from(vector)),
    records,
  )
  const vectors = store.asRetriever({ k: K })
  const bm25 = BM25Retriever.fromDocuments(records, { k: K })
  const systems = {
    'LangChain.js, vector store': vectors,
    'LangChain.js, ensemble, vectors first': new EnsembleRetriever({ retrievers: [vectors, bm25] }),
    'LangChain.js, ensemble, BM25 first': new EnsembleRetriever({ retrievers: [bm25, vectors] }),
  }
  return Object.entries(systems).map(([name, retriever]) => ({
    name,
    rank: async ({ text }) => (await retriever.invoke(text)).map(({ metadata }) => metadata.id),
  }))
}
