/**
 * Runs the reranker in its own thread. Inference blocks a thread, so the time limit must be enforced from another one. Pairs
 * are sent one by one, so that a question that runs out of time stops after the current pair.
 */
import { basename, resolve } from 'node:path'
import { RetrievalError } from '../engine/core/errors.ts'
import type { Reranker } from '../engine/core/reranker.ts'
import type { RerankerTask } from './reranker-worker.ts'
import { threadEntry } from './thread.ts'
import { createThreadPool, type ThreadPoolOptions } from './thread-pool.ts'

export type RerankerThreadOptions = Pick<ThreadPoolOptions, 'notice' | 'restartDelaysMs'> & {
  /** Threads per inference. */
  readonly threads: number
}

/** Rejects with `model_unavailable` if the model in the folder cannot be loaded. */
export async function createRerankerThread(
  path: string,
  { threads, notice, restartDelaysMs }: RerankerThreadOptions,
): Promise<Reranker> {
  const pool = await createThreadPool<RerankerTask, number>({
    entry: threadEntry('reranker-worker', import.meta.url),
    data: { path, threads },
    size: 1,
    what: 'the reranker',
    notice,
    restartDelaysMs,
  })
  // One question at a time. While a second one waits, its own time limit is already running.
  let last: Promise<unknown> = Promise.resolve()
  return {
    modelId: basename(resolve(path)),
    score(query, texts, { signal } = {}) {
      const run = last.then(async () => {
        const scores: number[] = []
        for (const text of texts) {
          if (signal?.aborted) throw new RetrievalError('aborted', 'the reranking was aborted')
          scores.push(await pool.ask({ query, text }))
        }
        return scores
      })
      last = run.catch(() => undefined)
      return run
    },
    close: pool.close,
  }
}
