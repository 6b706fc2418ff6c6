/** From an index folder to a verifier: no model, no vectors. */
import { createNodeFiles } from '../adapters/files/node-fs.ts'
import type { Verifier } from '../core/verification.ts'
import { createPointTo } from '../guides/fragments.ts'
import { readSnapshot } from '../indexing/snapshot.ts'
import { createLibrary } from '../retrieval/library.ts'
import { createVerifier } from '../verify/verifier.ts'
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
  return createVerifier({ guides, passages, indexId: manifest.id, link, pointTo: createPointTo() })
}
