/**
 * `npm run check:index [-- --all]`: fails if the index does not match the corpus. It parses and chunks everything again and
 * compares every hash and text. Vectors are re-embedded and compared for a fixed sample, or for all passages with --all.
 */
import { parseArgs } from 'node:util'
import { createNodeFiles } from '../src/engine/adapters/files/node-fs.ts'
import { RetrievalError } from '../src/engine/core/errors.ts'
import { compareIndexes } from '../src/engine/indexing/compare.ts'
import { readSnapshot } from '../src/engine/indexing/snapshot.ts'
import { prepareIndex } from '../src/start/build.ts'
import { parseConfig } from '../src/start/config.ts'
import { createProgress } from '../src/start/progress.ts'
import { createRandom } from '../workshop/evaluation/random.ts'
import { runScript } from './run.ts'

/** Number of passages to re-embed: enough to notice at once that the model, a prefix or a weight has changed. */
const SAMPLE = 40

await runScript(async () => {
  const { values } = parseArgs({ options: { all: { type: 'boolean', default: false } } })
  const config = parseConfig(process.env)
  const snapshot = await readSnapshot(createNodeFiles(), config.INDEX_DIR)
  const ids = snapshot.passages.map((passage) => passage.id)
  const again = new Set(values.all ? ids : sample(ids, SAMPLE))
  const progress = createProgress()
  const built = await prepareIndex({
    corpusDir: 'corpus',
    indexDir: config.INDEX_DIR,
    modelDir: config.MODEL_DIR,
    cacheDir: '.cache/embeddings',
    reuse: false,
    trusted: { snapshot, accepts: (passage) => !again.has(passage.id) },
    onProgress: (done, total) => progress('embedding', done, total),
  })
  const { differences, lowestCosine } = compareIndexes(snapshot, built.content)
  if (differences.length > 0) {
    throw new RetrievalError(
      'index_mismatch',
      `${config.INDEX_DIR} does not match corpus; run \`npm run build:index\` and commit the result:\n${differences.slice(0, 20).join('\n')}`,
    )
  }
  console.log(
    `${config.INDEX_DIR} matches the corpus: ${snapshot.guides.length} guides, ${ids.length} passages; ${again.size} vectors re-embedded, lowest cosine ${lowestCosine.toFixed(5)}`,
  )
})

/** A random sample that is always the same for the same ids. */
function sample(ids: readonly string[], size: number): string[] {
  // The seed is arbitrary; it only has to stay the same.
  const random = createRandom(708)
  const keyed = ids.map((id) => ({ id, key: random() }))
  return keyed
    .sort((a, b) => a.key - b.key)
    .slice(0, size)
    .map(({ id }) => id)
}
