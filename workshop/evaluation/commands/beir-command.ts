/** trec_eval measures of the service's ranking, or of its parts, on BEIR folders: `nss-copilot eval beir` without its process. */
import { availableParallelism } from 'node:os'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import type { Embedder } from '../../../src/engine/core/embedder.ts'
import { createEmbeddingPool } from '../../../src/start/embedding-pool.ts'
import { openModelFolder } from '../../../src/start/model-folder.ts'
import { createRandom } from '../random.ts'
import { formatRun, separateTies } from '../run.ts'
import { SUMMARY_COLUMNS, summarize } from '../summary.ts'
import type { BeirArguments } from './beir-arguments.ts'
import { runBeir } from './evaluate-beir.ts'

/** Of the intervals. */
const SEED = 1

export type BeirCommand = {
  readonly modelDir: string
  readonly cacheDir: string
  readonly onProgress: (what: string, done: number, total: number) => void
  readonly print: (text: string) => void
  readonly notice: (text: string) => void
}

export async function runBeirCommand(
  { dirs, system, split, run: runFile, chunk }: BeirArguments,
  { modelDir, cacheDir, onProgress, print, notice }: BeirCommand,
): Promise<void> {
  const folder = await openModelFolder(modelDir)
  let pool: Embedder | undefined
  const openEmbedder = async () => {
    await folder.verify()
    pool ??= await createEmbeddingPool(folder, { sessions: availableParallelism() })
    return pool
  }
  try {
    const columns = ['set', 'documents', 'passages', 'queries', 'system', ...SUMMARY_COLUMNS]
    print(columns.join(' | '))
    for (const dir of dirs) {
      const options = { system, split, chunk, folder, cacheDir, openEmbedder, onProgress }
      const { name, set, passages, rankings } = await runBeir(dir, options)
      const ranked = new Map([...rankings].map(([id, hits]) => [id, hits.map((hit) => hit.id)]))
      const queries = split === 'all' ? set.queries.length : `${set.queries.length} (${split})`
      const cells = summarize(ranked, set.qrels, { random: createRandom(SEED) })
      print([name, set.documents.length, passages, queries, system, ...cells].join(' | '))
      if (runFile === undefined) continue
      const run = new Map([...rankings].map(([id, hits]) => [id, separateTies(hits)]))
      await createNodeFiles().write(runFile, formatRun(run, `nss-copilot-${system}`))
      notice(`${runFile}: the run of ${name}`)
    }
  } finally {
    await pool?.close()
  }
}
