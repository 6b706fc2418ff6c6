/** Embeds texts, taking what it can from the cache and adding each batch to it. */
import type { Embedder, EmbedKind } from '../core/embedder.ts'
import type { EmbeddingCache } from './embedding-cache.ts'

/** Texts per batch: at most this many are lost when a build is killed; fewer would leave parallel sessions idle. */
const BATCH = 64

export type EmbedProgress = (done: number, total: number) => void

export type EmbedTextsOptions = {
  readonly kind: EmbedKind
  readonly cache?: EmbeddingCache
  /** Called only when something has to be embedded. */
  readonly openEmbedder: () => Promise<Embedder>
  readonly onProgress?: EmbedProgress
}

/** One vector per text, in order, and how many had to be embedded. */
export async function embedTexts(
  texts: readonly string[],
  options: EmbedTextsOptions,
): Promise<{ vectors: Float32Array[]; embedded: number }> {
  const found = new Map<string, Float32Array>()
  const missing: string[] = []
  for (const text of new Set(texts)) {
    const vector = await options.cache?.get(text)
    if (vector) found.set(text, vector)
    else missing.push(text)
  }
  if (missing.length > 0) {
    const embedder = await options.openEmbedder()
    for (let start = 0; start < missing.length; start += BATCH) {
      const batch = missing.slice(start, start + BATCH)
      const vectors = await embedder.embed(batch, options.kind, {
        onProgress: (done) => options.onProgress?.(start + done, missing.length),
      })
      const entries = batch.map((text, i) => ({ text, vector: vectors[i] ?? new Float32Array() }))
      await options.cache?.put(entries)
      for (const { text, vector } of entries) found.set(text, vector)
    }
  }
  return {
    vectors: texts.map((text) => found.get(text) ?? new Float32Array()),
    embedded: missing.length,
  }
}
