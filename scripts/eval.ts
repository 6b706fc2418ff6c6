/** `npm run eval`: the project's own questions through the service's own retriever, measured by slice; `--check` holds them against the baseline. */
import { parseConfig } from '../src/runtime/config.ts'
import { parseEvalArguments } from '../src/runtime/eval-arguments.ts'
import { runEval } from '../src/runtime/eval-command.ts'
import { evaluationModel } from '../src/runtime/evaluation.ts'
import { createProgressBars } from '../src/runtime/progress.ts'
import { runScript } from './run.ts'

await runScript(async () => {
  const asked = parseEvalArguments(process.argv.slice(2))
  const config = parseConfig(process.env)
  await runEval(asked, {
    ...(await evaluationModel(config)),
    indexDir: config.INDEX_DIR,
    evalDir: 'eval',
    cacheDir: '.cache/embeddings',
    fresh: asked.fresh,
    onProgress: createProgressBars(),
    print: (text) => console.log(text),
  })
})
