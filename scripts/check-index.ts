/** `npm run check:index`: fails when the index does not match the corpus; parses, chunks and embeds everything again. */
import { createNodeFiles } from '../src/engine/adapters/files/node-fs.ts'
import { RetrievalError } from '../src/engine/core/errors.ts'
import { compareIndexes } from '../src/engine/indexing/compare.ts'
import { readSnapshot } from '../src/engine/indexing/snapshot.ts'
import { prepareIndex } from '../src/start/build.ts'
import { parseConfig } from '../src/start/config.ts'
import { createProgress } from '../src/start/progress.ts'
import { runScript } from './run.ts'

await runScript(async () => {
  const config = parseConfig(process.env)
  const snapshot = await readSnapshot(createNodeFiles(), config.INDEX_DIR)
  const progress = createProgress()
  const built = await prepareIndex({
    corpusDir: 'corpus',
    indexDir: config.INDEX_DIR,
    modelDir: config.MODEL_DIR,
    cacheDir: '.cache/embeddings',
    reuse: false,
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
    `${config.INDEX_DIR} matches the corpus: ${snapshot.guides.length} guides, ${snapshot.passages.length} passages, lowest cosine ${lowestCosine.toFixed(5)}`,
  )
})
