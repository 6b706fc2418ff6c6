/** `npm run corpus:report [-- --corpus DIR]`: reports what is stale, which sources the guides use, and where they contradict each other. */
import { parseArgs } from 'node:util'
import { parseCorpus } from '../src/engine/guides/corpus.ts'
import { readCorpus } from '../src/start/build.ts'
import { corpusReport, formatReport } from '../workshop/corpus/report.ts'
import { runScript } from './run.ts'

await runScript(async () => {
  const { values } = parseArgs({ options: { corpus: { type: 'string', default: 'corpus' } } })
  const now = new Date()
  const report = corpusReport(await parseCorpus(await readCorpus(values.corpus), now), now)
  console.log(formatReport(report))
  if (report.contradictions.length > 0) process.exitCode = 1
})
