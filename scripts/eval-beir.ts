/** `npm run eval:beir -- DIR... [--chunk]`: nDCG@10 of the service's ranking on BEIR folders. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import type { Embedder } from '../src/core/embedder.ts'
import { RetrievalError } from '../src/core/errors.ts'
import { mean, ndcgAt, recallAt } from '../src/evaluation/measures.ts'
import { parseConfig } from '../src/runtime/config.ts'
import { createEmbeddingPool } from '../src/runtime/embedding-pool.ts'
import { runBeir } from '../src/runtime/evaluate-beir.ts'
import { openModelFolder } from '../src/runtime/model-folder.ts'
import { createProgress, type Progress } from '../src/runtime/progress.ts'
import { runScript } from './run.ts'

await runScript(async () => {
  const config = parseConfig(process.env)
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { chunk: { type: 'boolean', default: false } },
  })
  if (positionals.length === 0) {
    throw new RetrievalError(
      'evaluation_invalid',
      'name one or more BEIR folders: npm run eval:beir -- ../shared/datasets/scifact',
    )
  }
  const folder = await openModelFolder(config.MODEL_DIR)
  let pool: Embedder | undefined
  const openEmbedder = async () => {
    await folder.verify()
    pool ??= await createEmbeddingPool(folder, availableParallelism())
    return pool
  }
  const bars = new Map<string, Progress>()
  try {
    console.log('set | documents | passages | queries | nDCG@10 | Recall@10')
    for (const dir of positionals) {
      const run = await runBeir(dir, {
        folder,
        cacheDir: '.cache/embeddings',
        openEmbedder,
        chunk: values.chunk,
        onProgress(what, done, total) {
          const bar = bars.get(what) ?? createProgress(what)
          bars.set(what, bar)
          bar.update(done, total)
          if (done === total) bar.stop()
        },
      })
      const of = (measure: typeof ndcgAt) =>
        mean(
          run.set.queries.map((query) =>
            measure(
              (run.rankings.get(query.id) ?? []).map((hit) => hit.id),
              run.set.qrels.get(query.id) ?? new Map(),
              10,
            ),
          ),
        ).toFixed(4)
      console.log(
        [
          run.name,
          run.set.documents.length,
          run.passages,
          run.set.queries.length,
          of(ndcgAt),
          of(recallAt),
        ].join(' | '),
      )
    }
  } finally {
    await pool?.close()
  }
})
