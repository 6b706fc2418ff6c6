/**
 * The reranker in a thread of its own: inference blocks its thread, and a time limit needs one that is free. Pairs go
 * to it one by one, so that a question whose time is up stops after the pair at hand.
 */
import { basename, resolve } from 'node:path'
import { RetrievalError } from '../engine/core/errors.ts'
import type { Reranker } from '../engine/core/reranker.ts'
import type { RerankerTask } from './reranker-worker.ts'
import { threadEntry } from './thread.ts'
import { createThreadPool, type ThreadPoolOptions } from './thread-pool.ts'

export type RerankerThreadOptions = Pick<ThreadPoolOptions, 'notice' | 'restartDelaysMs'> & {
  /** Inside one inference. */
  readonly threads: number
}

/** Rejects with `model_unavailable` when the folder holds no model that loads. */
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
  // One question at a time: a second one waits, within its own time limit.
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
