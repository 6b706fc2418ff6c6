/** `npm run eval:beir -- DIR...`: trec_eval measures of the service's ranking, or of its parts, on BEIR folders. */
import { availableParallelism } from 'node:os'
import { createNodeFiles } from '../src/adapters/files/node-fs.ts'
import type { Embedder } from '../src/core/embedder.ts'
import { createRandom } from '../src/evaluation/random.ts'
import { formatRun, separateTies } from '../src/evaluation/run.ts'
import { SUMMARY_COLUMNS, summarize } from '../src/evaluation/summary.ts'
import { parseBeirArguments } from '../src/runtime/beir-arguments.ts'
import { parseConfig } from '../src/runtime/config.ts'
import { createEmbeddingPool } from '../src/runtime/embedding-pool.ts'
import { runBeir } from '../src/runtime/evaluate-beir.ts'
import { openModelFolder } from '../src/runtime/model-folder.ts'
import { createProgress, type Progress } from '../src/runtime/progress.ts'
import { runScript } from './run.ts'

/** Of the intervals. */
const SEED = 1

await runScript(async () => {
  const { dirs, system, split, run: runFile, chunk } = parseBeirArguments(process.argv.slice(2))
  const folder = await openModelFolder(parseConfig(process.env).MODEL_DIR)
  let pool: Embedder | undefined
  const openEmbedder = async () => {
    await folder.verify()
    pool ??= await createEmbeddingPool(folder, availableParallelism())
    return pool
  }
  const bars = new Map<string, Progress>()
  const onProgress = (what: string, done: number, total: number) => {
    const bar = bars.get(what) ?? createProgress(what)
    bars.set(what, bar)
    bar.update(done, total)
    if (done === total) bar.stop()
  }
  const cacheDir = '.cache/embeddings'
  try {
    const columns = ['set', 'documents', 'passages', 'queries', 'system', ...SUMMARY_COLUMNS]
    console.log(columns.join(' | '))
    for (const dir of dirs) {
      const options = { system, split, chunk, folder, cacheDir, openEmbedder, onProgress }
      const { name, set, passages, rankings } = await runBeir(dir, options)
      const ranked = new Map([...rankings].map(([id, hits]) => [id, hits.map((hit) => hit.id)]))
      const queries = split === 'all' ? set.queries.length : `${set.queries.length} (${split})`
      const cells = summarize(ranked, set.qrels, { random: createRandom(SEED) })
      console.log([name, set.documents.length, passages, queries, system, ...cells].join(' | '))
      if (runFile === undefined) continue
      const run = new Map([...rankings].map(([id, hits]) => [id, separateTies(hits)]))
      await createNodeFiles().write(runFile, formatRun(run, `nss-copilot-${system}`))
      console.error(`${runFile}: the run of ${name}`)
    }
  } finally {
    await pool?.close()
  }
})
