/** A cache of embeddings by content hash, one append-only file per embedder and kind. */
import type { EmbedKind } from '../core/embedder.ts'
import type { Files } from '../core/files.ts'
import { sha256Hex } from '../core/hash.ts'
import { dot } from '../core/vector.ts'

/** Bytes of a SHA-256. */
const KEY_BYTES = 32
/** How far the squared length of a stored unit vector may be from 1: far more than rounding causes. */
const UNIT_TOLERANCE = 1e-3

export type EmbeddingCache = {
  get(text: string): Promise<Float32Array | undefined>
  put(entries: readonly { text: string; vector: Float32Array }[]): Promise<void>
}

/** A record is the text's SHA-256 and its float32 vector. An incomplete last record, left by a killed build, is removed when the file is opened. */
export async function openEmbeddingCache(
  files: Files,
  dir: string,
  embedder: { fingerprint: string; dimensions: number },
  kind: EmbedKind,
): Promise<EmbeddingCache> {
  const name = (await sha256Hex(embedder.fingerprint)).slice(0, 16)
  const path = `${dir}/${name}.${kind}.bin`
  const recordBytes = KEY_BYTES + embedder.dimensions * 4
  const vectors = new Map<string, Float32Array>()
  if (await files.exists(path)) {
    const bytes = await files.read(path)
    const whole = bytes.length - (bytes.length % recordBytes)
    for (let at = 0; at < whole; at += recordBytes) {
      const key = toHex(bytes.subarray(at, at + KEY_BYTES))
      vectors.set(key, new Float32Array(bytes.slice(at + KEY_BYTES, at + recordBytes).buffer))
    }
    if (whole !== bytes.length) await files.write(path, bytes.subarray(0, whole))
  }
  return {
    async get(text) {
      const vector = vectors.get(await sha256Hex(text))
      // A record that was damaged on disk almost never has unit length: the text is then embedded again.
      return vector && Math.abs(dot(vector, vector) - 1) < UNIT_TOLERANCE ? vector : undefined
    },
    async put(entries) {
      const bytes = new Uint8Array(entries.length * recordBytes)
      for (const [index, { text, vector }] of entries.entries()) {
        const key = await sha256Hex(text)
        vectors.set(key, vector)
        bytes.set(fromHex(key), index * recordBytes)
        bytes.set(new Uint8Array(vector.slice().buffer), index * recordBytes + KEY_BYTES)
      }
      if (bytes.length > 0) await files.append(path, bytes)
    },
  }
}

function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

function fromHex(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
}
