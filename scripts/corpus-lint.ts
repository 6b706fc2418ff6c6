/** `npm run corpus:lint [-- --corpus DIR]`: reports passages that are hard to find, to understand when quoted alone, or to check. */
import { parseArgs } from 'node:util'
import { PROFILES } from '../src/engine/languages/registry.ts'
import { readCorpus } from '../src/start/build.ts'
import { lintGuide } from '../workshop/corpus/lint.ts'
import { lintShape } from '../workshop/corpus/lint-shape.ts'
import { runScript } from './run.ts'

await runScript(async () => {
  const { values } = parseArgs({ options: { corpus: { type: 'string', default: 'corpus' } } })
  const { guides } = await readCorpus(values.corpus)
  const findings = guides.flatMap((file) => [...lintShape(file), ...lintGuide(file, PROFILES)])
  for (const { path, line, message } of findings) console.error(`${path}:${line}: ${message}`)
  if (findings.length > 0) process.exitCode = 1
  const count = findings.length === 1 ? '1 finding' : `${findings.length} findings`
  console.log(`${guides.length} guides: ${findings.length === 0 ? 'nothing to fix' : count}`)
})
