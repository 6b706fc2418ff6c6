/** Measures embedding: passages per second when an index is built, and threads against sessions for questions. */
import { readdir, stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { createNodeFiles } from '../../src/engine/adapters/files/node-fs.ts'
import type { Embedder } from '../../src/engine/core/embedder.ts'
import { indexedText } from '../../src/engine/core/passage.ts'
import { readSnapshot } from '../../src/engine/indexing/snapshot.ts'
import type { Config } from '../../src/start/config.ts'
import { createEmbeddingPool } from '../../src/start/embedding-pool.ts'
import { type ModelFolder, openModelFolder } from '../../src/start/model-folder.ts'
import { type BenchRow, throughput } from './timing.ts'

const PASSAGES = 200
const CONCURRENCIES = [1, 4, 16]
/** Texts that warm up a model before it is timed. */
const WARM_UP = 20

/** Passages embedded per second with the builder's own sessions, and the size of the index. */
export async function benchBuild({ INDEX_DIR, MODEL_DIR }: Config): Promise<BenchRow[]> {
  const { passages } = await readSnapshot(createNodeFiles(), INDEX_DIR)
  const texts = passages.map(indexedText).slice(0, PASSAGES)
  const sessions = availableParallelism()
  const pool = await createEmbeddingPool(await openModelFolder(MODEL_DIR), { sessions })
  let bytes = 0
  for (const name of await readdir(INDEX_DIR)) bytes += (await stat(join(INDEX_DIR, name))).size
  try {
    await pool.embed(texts.slice(0, WARM_UP), 'passage')
    const batches = await throughput(1, 1, () => pool.embed(texts, 'passage'))
    return [
      [`passages embedded per second (${sessions} sessions)`, (batches * texts.length).toFixed(1)],
      ['index bytes', bytes.toLocaleString('en')],
    ]
  } finally {
    await pool.close()
  }
}

const VARIANTS: Readonly<Record<string, (folder: ModelFolder) => Promise<Embedder>>> = {
  '1 session in process, 1 thread': (folder) => folder.open(1),
  '1 session in process, 2 threads': (folder) => folder.open(2),
  '1 session in a thread of its own': (folder) => createEmbeddingPool(folder, { sessions: 1 }),
  '2 sessions in threads of their own': (folder) => createEmbeddingPool(folder, { sessions: 2 }),
}

/** Threads inside a session against sessions in parallel. */
export async function benchSessions(
  config: Config,
  questions: readonly string[],
): Promise<BenchRow[]> {
  const folder = await openModelFolder(config.MODEL_DIR)
  const rows: BenchRow[] = []
  for (const [name, open] of Object.entries(VARIANTS)) {
    const before = process.memoryUsage().rss
    const embedder = await open(folder)
    await embedder.embed(questions.slice(0, WARM_UP), 'query')
    const figures: string[] = []
    for (const concurrency of CONCURRENCIES) {
      const ask = (item: number) => embedder.embed([questions[item] ?? ''], 'query')
      figures.push((await throughput(concurrency, questions.length, ask)).toFixed(0))
    }
    const grown = (process.memoryUsage().rss - before) / 1024 / 1024
    await embedder.close()
    rows.push([
      name,
      `${figures.join(' / ')} questions per second at concurrency ${CONCURRENCIES.join(' / ')}, +${grown.toFixed(0)} MB`,
    ])
  }
  return rows
}
