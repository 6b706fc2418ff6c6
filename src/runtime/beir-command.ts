/** trec_eval measures of the service's ranking, or of its parts, on BEIR folders: `nss-copilot eval beir`, `npm run eval:beir`. */
import { availableParallelism } from 'node:os'
import { createNodeFiles } from '../adapters/files/node-fs.ts'
import type { Embedder } from '../core/embedder.ts'
import { createRandom } from '../evaluation/random.ts'
import { formatRun, separateTies } from '../evaluation/run.ts'
import { SUMMARY_COLUMNS, summarize } from '../evaluation/summary.ts'
import { parseBeirArguments } from './beir-arguments.ts'
import { parseConfig } from './config.ts'
import { createEmbeddingPool } from './embedding-pool.ts'
import { runBeir } from './evaluate-beir.ts'
import { openModelFolder } from './model-folder.ts'
import { packagePath } from './package-folder.ts'
import { createProgress, type Progress } from './progress.ts'

/** Of the intervals. */
const SEED = 1

export async function runBeirCommand(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  const { dirs, system, split, run: runFile, chunk } = parseBeirArguments(argv)
  const folder = await openModelFolder(parseConfig(env).MODEL_DIR)
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
  const cacheDir = packagePath('.cache/embeddings')
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
}
