/** `npm run eval:report`: docs/evaluation.html, one page with every figure, plot and the worst questions. */
import { parseConfig } from '../src/runtime/config.ts'
import { evaluationModel } from '../src/runtime/evaluation.ts'
import { writeReport } from '../src/runtime/evaluation-report.ts'
import { createProgressBars } from '../src/runtime/progress.ts'
import { runScript } from './run.ts'

await runScript(async () => {
  const config = parseConfig(process.env)
  await writeReport({
    ...(await evaluationModel(config)),
    indexDir: config.INDEX_DIR,
    evalDir: 'eval',
    out: 'docs/evaluation.html',
    cacheDir: '.cache/embeddings',
    onProgress: createProgressBars(),
    print: (text) => console.log(text),
  })
})
