/** Exposes an embedder as LangChain embeddings. The model's prefixes for questions and passages are applied. */
import { Embeddings } from '@langchain/core/embeddings'
import type { Embedder } from '../../engine/core/embedder.ts'
import { RetrievalError } from '../../engine/core/errors.ts'

export class NssCopilotEmbeddings extends Embeddings {
  readonly #embedder: Embedder
  /** Length of every vector. */
  readonly dimensions: number
  readonly model: string

  constructor(input: { readonly embedder: Embedder }) {
    super({})
    this.#embedder = input.embedder
    this.dimensions = input.embedder.dimensions
    this.model = input.embedder.modelId
  }

  /** Resolves with a unit-length vector. */
  async embedQuery(text: string): Promise<number[]> {
    const [vector] = await this.#embedder.embed([text], 'query')
    if (!vector) throw new RetrievalError('model_unavailable', 'the model returned no vector')
    return Array.from(vector)
  }

  /** Resolves with unit-length vectors, in the order of the texts. */
  async embedDocuments(texts: string[]): Promise<number[][]> {
    const vectors = await this.#embedder.embed(texts, 'passage')
    return vectors.map((vector) => Array.from(vector))
  }
}
