/**
 * Feature hashing (Weinberger et al., "Feature Hashing for Large Scale Multitask Learning", 2009) of words and
 * character trigrams: no model, deterministic, for tests.
 */
import { throwIfAborted } from '../../core/abort.ts'
import type { Embedder } from '../../core/embedder.ts'
import { fold } from '../../core/fold.ts'
import { normalize } from '../../core/vector.ts'

/** Longer texts are truncated, as a real model would. */
const MAX_WORDS = 512

export function createHashingEmbedder(options: { dimensions?: number } = {}): Embedder {
  const dimensions = options.dimensions ?? 256
  const embedOne = (text: string, prefix: string): Float32Array => {
    const vector = new Float32Array(dimensions)
    const add = (feature: string, weight: number) => {
      const hash = fnv1a(feature)
      const at = hash % dimensions
      vector[at] = (vector[at] ?? 0) + (hash & 0x80000000 ? -weight : weight)
    }
    // The prefix has little weight: a text's vectors as question and as passage differ but stay comparable.
    add(`prefix:${prefix}`, 0.05)
    const words = fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
    for (const word of words.slice(0, MAX_WORDS)) {
      add(word, 1)
      for (let i = 0; i + 3 <= word.length; i++) add(word.slice(i, i + 3), 0.3)
    }
    return normalize(vector)
  }
  return {
    fingerprint: `hashing-${dimensions}/1`,
    modelId: 'hashing',
    dimensions,
    async embed(texts, kind, { signal, onProgress } = {}) {
      const vectors: Float32Array[] = []
      for (const text of texts) {
        throwIfAborted(signal)
        vectors.push(embedOne(text, kind))
        onProgress?.(vectors.length)
      }
      return vectors
    },
    async close() {},
  }
}

/** The 32-bit FNV-1a hash (Fowler, Noll and Vo), over UTF-16 units. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  }
  return hash >>> 0
}
