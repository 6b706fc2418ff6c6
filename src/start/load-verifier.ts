/** From an index folder to a verifier: no model, no vectors. */
import { createNodeFiles } from '../engine/adapters/files/node-fs.ts'
import type { Verifier } from '../engine/core/verification.ts'
import { createPointTo } from '../engine/guides/fragments.ts'
import { readSnapshot } from '../engine/indexing/snapshot.ts'
import { PROFILES } from '../engine/languages/registry.ts'
import { createLibrary } from '../engine/library/library.ts'
import { createVerifier } from '../engine/verify/verifier.ts'
import { type Config, citationBase } from './config.ts'

export async function loadVerifier(config: Config): Promise<Verifier> {
  const { manifest, guides, passages, sources } = await readSnapshot(
    createNodeFiles(),
    config.INDEX_DIR,
  )
  const { link } = createLibrary({
    indexId: manifest.id,
    guides,
    sources: new Map(sources.map((source) => [source.id, source])),
    passages,
    baseUrl: citationBase(config),
    now: () => new Date(),
  })
  return createVerifier({
    guides,
    passages,
    indexId: manifest.id,
    languages: PROFILES,
    link,
    pointTo: createPointTo(),
  })
}
