/** `npm run corpus:own-words -- FILE...`: lists runs of five or more words that the guides share with a file; exits with 1 if there are any. */
import { parseArgs } from 'node:util'
import { createNodeFiles } from '../src/engine/adapters/files/node-fs.ts'
import { RetrievalError } from '../src/engine/core/errors.ts'
import { readCorpus } from '../src/start/build.ts'
import { findSharedRuns, parseFixedTerms } from '../workshop/corpus/own-words.ts'
import { runScript } from './run.ts'

const FIXED_TERMS = 'corpus/fixed-terms.yaml'

await runScript(async () => {
  const { positionals } = parseArgs({ allowPositionals: true })
  if (positionals.length === 0) {
    throw new RetrievalError(
      'invalid_request',
      'name a file to compare with: npm run corpus:own-words -- ../shared/facts.md',
    )
  }
  const files = createNodeFiles()
  const terms = parseFixedTerms({ path: FIXED_TERMS, content: await files.readText(FIXED_TERMS) })
  const { guides } = await readCorpus('corpus')
  let count = 0
  for (const other of positionals) {
    for (const run of findSharedRuns(guides, await files.readText(other), terms)) {
      console.log(`${run.path}:${run.line}: "${run.words}" is also in ${other}`)
      count++
    }
  }
  if (count > 0) {
    throw new RetrievalError(
      'guide_invalid',
      `${count} shared runs of words: rephrase each, or add a name or fixed term to ${FIXED_TERMS}`,
    )
  }
  console.log(`${guides.length} guides share no run of words with ${positionals.join(', ')}`)
})
