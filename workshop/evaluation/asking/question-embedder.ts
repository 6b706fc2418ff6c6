/** The embedder of an evaluation: caches each question's vector by content, and opens the model only for a missing one. */
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import type { Embedder } from '../../../src/engine/core/embedder.ts'
import { openEmbeddingCache } from '../../../src/engine/indexing/embedding-cache.ts'
import type { EvaluationModel } from './evaluation.ts'

export type QuestionEmbedder = Pick<Embedder, 'embed' | 'close'> & {
  /** How many texts the model has embedded so far. */
  embedded(): number
}

export type QuestionEmbedderOptions = {
  readonly cacheDir: string
  /** Embed every question again instead of using cached vectors: for timings. */
  readonly fresh?: boolean
}

export async function createQuestionEmbedder(
  folder: EvaluationModel['folder'],
  openEmbedder: () => Promise<Embedder>,
  { cacheDir, fresh = false }: QuestionEmbedderOptions,
): Promise<QuestionEmbedder> {
  const { fingerprint, model } = folder
  const described = { fingerprint, dimensions: model.dimensions }
  const cache = await openEmbeddingCache(createNodeFiles(), cacheDir, described, 'query')
  let embedder: Promise<Embedder> | undefined
  let embedded = 0
  return {
    embedded: () => embedded,
    embed(texts, kind, options) {
      return Promise.all(
        texts.map(async (text) => {
          const known = await cache.get(text)
          if (known && !fresh) return known
          embedder ??= openEmbedder()
          const [vector = new Float32Array()] = await (await embedder).embed([text], kind, options)
          embedded++
          if (!known) await cache.put([{ text, vector }])
          return vector
        }),
      )
    },
    async close() {
      await (await embedder)?.close()
    },
  }
}
