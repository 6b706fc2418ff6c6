/** `npm run build:index [-- --corpus DIR --index DIR --fresh]`: corpus in, index out. */
import { parseArgs } from 'node:util'
import { buildAndWrite } from '../src/runtime/build.ts'
import { parseConfig } from '../src/runtime/config.ts'
import { createProgress } from '../src/runtime/progress.ts'
import { runScript } from './run.ts'

await runScript(async () => {
  const config = parseConfig(process.env)
  const { values } = parseArgs({
    options: {
      corpus: { type: 'string', default: 'corpus' },
      index: { type: 'string', default: config.INDEX_DIR },
      fresh: { type: 'boolean', default: false },
    },
  })
  const began = performance.now()
  const progress = createProgress('embedding')
  const result = await buildAndWrite({
    corpusDir: values.corpus,
    indexDir: values.index,
    modelDir: config.MODEL_DIR,
    cacheDir: '.cache/embeddings',
    onProgress: progress.update,
    reuse: !values.fresh,
  }).finally(progress.stop)
  for (const warning of result.warnings) console.warn(`warning: ${warning}`)
  const { guides, passages, manifest } = result.content
  console.log(
    `${guides.length} guides (${result.reusedGuides} unchanged), ${passages.length} passages (${result.embedded} embedded), ${manifest.id.slice(0, 19)} in ${values.index}, ${((performance.now() - began) / 1000).toFixed(1)} s`,
  )
})
