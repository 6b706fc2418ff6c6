/** The index as a LangChain vector store. Documents added by the caller are kept in memory, outside the index. */
import type { Callbacks } from '@langchain/core/callbacks/manager'
import { Document, type DocumentInterface } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import { maximalMarginalRelevance } from '@langchain/core/utils/math'
import {
  type MaxMarginalRelevanceSearchOptions,
  VectorStore,
  type VectorStoreRetriever,
  type VectorStoreRetrieverInput,
} from '@langchain/core/vectorstores'
import { untilAborted } from '../../engine/core/abort.ts'
import { RetrievalError } from '../../engine/core/errors.ts'
import type { Language } from '../../engine/core/language.ts'
import type { Library } from '../../engine/core/library.ts'
import type { PassageFilter } from '../../engine/core/passage-filter.ts'
import { toPassageMetadata } from '../../engine/core/passage-metadata.ts'
import { checkVector, dot, normalize } from '../../engine/core/vector.ts'
import type { VectorIndex } from '../../engine/core/vector-index.ts'

/** Languages and guide ids to search in, or a predicate on documents. */
export type VectorStoreFilter =
  | { readonly languages?: readonly Language[]; readonly guides?: readonly string[] }
  | ((document: DocumentInterface) => boolean)

export type VectorStoreInput = {
  /** The built index; it is never written to. Without it the store starts empty. */
  readonly index?: { readonly library: Library; readonly vectorIndex: VectorIndex }
}

type Added = { readonly document: Document; readonly vector: Float32Array }
type Hit = { readonly id: string; readonly document: Document; readonly similarity: number }
type Metadata = Record<string, unknown>

/** LangChain's usual default for the number of candidates of maximal marginal relevance. */
const FETCH_K = 20

export class NssCopilotVectorStore extends VectorStore {
  declare FilterType: VectorStoreFilter
  readonly #index: VectorStoreInput['index']
  readonly #added = new Map<string, Added>()

  constructor(embeddings: EmbeddingsInterface, input: VectorStoreInput = {}) {
    super(embeddings, input)
    this.#index = input.index
  }

  _vectorstoreType(): string {
    return 'nss_copilot'
  }

  /** Resolves with passages and added documents, by cosine similarity, highest first. */
  async similaritySearchVectorWithScore(
    query: number[],
    k: number,
    filter?: this['FilterType'],
  ): Promise<[Document, number][]> {
    const hits = await this.#search(query, k, filter)
    return hits.map(({ document, similarity }) => [document, similarity])
  }

  /** Maximal marginal relevance: documents that are similar to the question but different from each other. */
  override async maxMarginalRelevanceSearch(
    query: string,
    options: MaxMarginalRelevanceSearchOptions<this['FilterType']>,
  ): Promise<Document[]> {
    const { k, fetchK = FETCH_K, lambda, filter } = options
    const vector = await this.embeddings.embedQuery(query)
    const hits = await this.#search(vector, Math.max(k, fetchK), filter)
    const stored = await this.#index?.vectorIndex.vectors(hits.map(({ id }) => id))
    const vectors = hits.map(({ id }) =>
      Array.from(this.#added.get(id)?.vector ?? stored?.get(id) ?? []),
    )
    return maximalMarginalRelevance(vector, vectors, lambda, k).flatMap((at) => {
      const hit = hits[at]
      return hit ? [hit.document] : []
    })
  }

  /** Keeps documents in memory, replacing earlier ones with the same id. Resolves with the ids. */
  async addDocuments(
    documents: DocumentInterface[],
    options?: { readonly ids?: readonly string[] },
  ): Promise<string[]> {
    const texts = documents.map((document) => document.pageContent)
    return this.addVectors(await this.embeddings.embedDocuments(texts), documents, options)
  }

  async addVectors(
    vectors: number[][],
    documents: DocumentInterface[],
    options?: { readonly ids?: readonly string[] },
  ): Promise<string[]> {
    if (vectors.length !== documents.length) {
      const message = `${vectors.length} vectors for ${documents.length} documents`
      throw new RetrievalError('vector_invalid', message)
    }
    const added = documents.map(({ id, pageContent, metadata }, at) => {
      const newId = options?.ids?.[at] ?? id ?? crypto.randomUUID()
      this.#refuseBuilt(newId)
      const vector = this.#toUnit(vectors[at] ?? [])
      return { document: new Document({ id: newId, pageContent, metadata }), vector, newId }
    })
    for (const { newId, ...entry } of added) this.#added.set(newId, entry)
    return added.map(({ newId }) => newId)
  }

  /** Removes added documents; unknown ids are ignored. Throws `invalid_request` for a passage of the index. */
  override async delete(options: { readonly ids: readonly string[] }): Promise<void> {
    for (const id of options.ids) this.#refuseBuilt(id)
    for (const id of options.ids) this.#added.delete(id)
  }

  /** Resolves with the documents that exist, in the order of `ids`. */
  async getByIds(ids: readonly string[]): Promise<Document[]> {
    return ids.flatMap((id) => this.#documentOf(id) ?? [])
  }

  /** LangChain's own retriever, changed to honour abort signals. */
  override asRetriever(
    kOrFields?: number | Partial<VectorStoreRetrieverInput<this>>,
    filter?: this['FilterType'],
    callbacks?: Callbacks,
    tags?: string[],
    metadata?: Metadata,
    verbose?: boolean,
  ): VectorStoreRetriever<this> {
    const made = super.asRetriever(kOrFields, filter, callbacks, tags, metadata, verbose)
    const invoke = made.invoke.bind(made)
    made.invoke = (input, options) => untilAborted(options?.signal, () => invoke(input, options))
    return made
  }

  static override async fromDocuments(
    documents: DocumentInterface[],
    embeddings: EmbeddingsInterface,
    input?: VectorStoreInput,
  ): Promise<NssCopilotVectorStore> {
    const store = new NssCopilotVectorStore(embeddings, input)
    await store.addDocuments(documents)
    return store
  }

  static override fromTexts(
    texts: string[],
    metadatas: Metadata[] | Metadata,
    embeddings: EmbeddingsInterface,
    input?: VectorStoreInput,
  ): Promise<NssCopilotVectorStore> {
    const documents = texts.map((pageContent, at) => {
      const metadata = Array.isArray(metadatas) ? metadatas[at] : metadatas
      return new Document({ pageContent, metadata: { ...metadata } })
    })
    return NssCopilotVectorStore.fromDocuments(documents, embeddings, input)
  }

  async #search(query: number[], k: number, filter: VectorStoreFilter | undefined): Promise<Hit[]> {
    const vector = normalize(Float32Array.from(query))
    const keeps = toTest(filter)
    const own = Array.from(this.#added, ([id, added]): Hit => {
      checkVector(vector, added.vector.length)
      return { id, document: added.document, similarity: dot(added.vector, vector) }
    }).filter(({ document }) => keeps(document))
    return [...own, ...(await this.#searchIndex(vector, k, filter))]
      .sort((a, b) => b.similarity - a.similarity || (a.id < b.id ? -1 : 1))
      .slice(0, k)
  }

  async #searchIndex(
    vector: Float32Array,
    k: number,
    filter: VectorStoreFilter | undefined,
  ): Promise<Hit[]> {
    if (k < 1) return []
    if (typeof filter !== 'function') return this.#nearest(vector, k, filter)
    // A predicate cannot be passed to the index, so the search is repeated four times deeper until enough documents match.
    const size = this.#index?.vectorIndex.size ?? 0
    for (let depth = k; ; depth *= 4) {
      const hits = await this.#nearest(vector, Math.min(depth, size))
      const kept = hits.filter(({ document }) => filter(document))
      if (kept.length >= k || depth >= size) return kept
    }
  }

  async #nearest(vector: Float32Array, k: number, filter?: PassageFilter): Promise<Hit[]> {
    const answer = await this.#index?.vectorIndex.search(vector, { k, filter })
    return (answer?.nearest ?? []).flatMap((hit): Hit[] => {
      const document = this.#documentOf(hit.id)
      return document ? [{ ...hit, document }] : []
    })
  }

  #documentOf(id: string): Document | undefined {
    const added = this.#added.get(id)
    if (added) return added.document
    const view = this.#index?.library.passage(id)
    if (!view) return undefined
    const { passage, citation, guide } = view
    const { language, headingPath, text } = passage
    const metadata = toPassageMetadata({ citation, guide, language, headingPath })
    return new Document({ id, pageContent: text, metadata })
  }

  #toUnit(numbers: number[]): Float32Array {
    const vector = normalize(Float32Array.from(numbers))
    const [first] = this.#added.values()
    const wanted = this.#index?.vectorIndex.dimensions ?? first?.vector.length
    checkVector(vector, wanted ?? vector.length)
    return vector
  }

  #refuseBuilt(id: string): void {
    if (!this.#index?.library.passage(id)) return
    throw new RetrievalError(
      'invalid_request',
      `${id} is a passage of the built index, which is read-only: give your document another id, or change the guide and build again`,
    )
  }
}

function toTest(filter: VectorStoreFilter | undefined): (document: DocumentInterface) => boolean {
  if (filter === undefined) return () => true
  if (typeof filter === 'function') return filter
  const { languages, guides } = filter
  return ({ metadata }) =>
    (languages?.includes(metadata.language) ?? true) &&
    (guides?.includes(metadata.guide?.id) ?? true)
}
