/** LangChain.js: the memory vector store, and the ensemble (reciprocal rank fusion) of it and its BM25, in both orders. */
import { EnsembleRetriever } from '@langchain/classic/retrievers/ensemble'
import { MemoryVectorStore } from '@langchain/classic/vectorstores/memory'
import { BM25Retriever } from '@langchain/community/retrievers/bm25'
import { Document } from '@langchain/core/documents'
import { Embeddings } from '@langchain/core/embeddings'
import { BaseRetriever } from '@langchain/core/retrievers'

/** The greatest depth requested. The ensemble is also measured with ten per side, because its depth matters a lot. */
const K = 100
const SHALLOW = 10

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

/** Reuses the results of another retriever, because LangChain's BM25 reads every text again for each question. */
class Remembered extends BaseRetriever {
  lc_namespace = ['nss-copilot', 'peers']
  constructor(retriever, k) {
    super({})
    this.retriever = retriever
    this.k = k
  }
  async _getRelevantDocuments() {
    return this.retriever.last.slice(0, this.k)
  }
}

class Remembering extends BaseRetriever {
  lc_namespace = ['nss-copilot', 'peers']
  last = []
  constructor(retriever, k) {
    super({})
    this.retriever = retriever
    this.k = k
  }
  async _getRelevantDocuments(query) {
    this.last = await this.retriever.invoke(query)
    return this.last.slice(0, this.k)
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
  const nearest = (k) => store.asRetriever({ k })
  const bm25 = new Remembering(BM25Retriever.fromDocuments(records, { k: K }), SHALLOW)
  const again = (k) => new Remembered(bm25, k)
  const toIds = (found) => found.map(({ metadata }) => metadata.id)
  const system = (name, retriever, untimed = false) => ({
    name: `LangChain.js, ${name}`,
    untimed,
    rank: async ({ text }) => toIds(await retriever.invoke(text)),
  })
  const ensemble = (...retrievers) => new EnsembleRetriever({ retrievers })
  return [
    system('vector store', nearest(K)),
    // Only the first ensemble runs BM25; the next ones fuse what it answered to the same question.
    system('ensemble k 10, vectors first', ensemble(nearest(SHALLOW), bm25)),
    system('ensemble k 10, BM25 first', ensemble(again(SHALLOW), nearest(SHALLOW)), true),
    system('ensemble k 100, vectors first', ensemble(nearest(K), again(K)), true),
    system('ensemble k 100, BM25 first', ensemble(again(K), nearest(K)), true),
  ]
}
