/** Creates a verifier from an index folder, without loading the model or opening a vector index. */
import { createNodeFiles } from '../engine/adapters/files/node-fs.ts'
import type { Verifier } from '../engine/core/verification.ts'
import { createPointTo } from '../engine/guides/fragments.ts'
import { readSnapshot } from '../engine/indexing/snapshot.ts'
import { type Config, citationBase } from './config.ts'
import { libraryOf, verifierOf } from './index-parts.ts'

/** Rejects with `index_missing`, `index_damaged` or `index_mismatch`. */
export async function loadVerifier(config: Config): Promise<Verifier> {
  const snapshot = await readSnapshot(createNodeFiles(), config.INDEX_DIR)
  const library = libraryOf(snapshot, { baseUrl: citationBase(config) })
  return verifierOf(snapshot, library, createPointTo())
}
