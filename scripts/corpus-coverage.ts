/** `npm run corpus:coverage [-- --check]`: checks corpus/coverage.yaml against the guides, then writes (or checks) corpus/COVERAGE.md. */
import { parseArgs } from 'node:util'
import { createNodeFiles } from '../src/engine/adapters/files/node-fs.ts'
import { RetrievalError } from '../src/engine/core/errors.ts'
import { parseCorpus } from '../src/engine/guides/corpus.ts'
import { readCorpus } from '../src/start/build.ts'
import { toCoverage, toCoverageMarkdown } from '../workshop/corpus/coverage.ts'
import { runScript } from './run.ts'

const COVERAGE = 'corpus/coverage.yaml'
const PAGE = 'corpus/COVERAGE.md'

await runScript(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } })
  const files = createNodeFiles()
  const { guides } = await parseCorpus(await readCorpus('corpus'), new Date())
  const content = await files.readText(COVERAGE)
  const tables = toCoverage({ path: COVERAGE, content }, guides)
  const page = toCoverageMarkdown(tables)
  const current = (await files.exists(PAGE)) ? await files.readText(PAGE) : ''
  if (values.check && current !== page) {
    throw new RetrievalError(
      'guide_invalid',
      `${PAGE} does not match ${COVERAGE} and the guides: run \`npm run corpus:coverage\` and commit the result`,
    )
  }
  if (current !== page) await files.write(PAGE, page)
  const rows = tables.flatMap((table) => table.rows)
  const leftOut = rows.filter((row) => row.leftOut !== undefined).map((row) => row.id)
  console.log(
    `${rows.length - leftOut.length} of ${rows.length} facts and contradictions are in the guides; left out: ${leftOut.join(', ') || 'none'}`,
  )
})
