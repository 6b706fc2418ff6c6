/** The reranker port over one thread: pairs go to it one by one, so that a question whose time is up stops after the pair at hand. */

import { basename, resolve } from 'node:path'
import { RetrievalError } from '../engine/core/errors.ts'
import type { Reranker } from '../engine/core/reranker.ts'
import type { RerankReply, RerankTask } from './reranker-worker.ts'
import { endThread, startThread } from './thread-entry.ts'

type Waiting = {
  readonly resolve: (score: number) => void
  readonly reject: (error: RetrievalError) => void
}

const unavailable = (message: string) => new RetrievalError('model_unavailable', message)

/** Rejects with `model_unavailable` when the folder holds no model that loads. */
export async function createRerankerThread(path: string, threads: number): Promise<Reranker> {
  const worker = await startThread('reranker-worker', { path, threads })
  const waiting = new Map<number, Waiting>()
  let nextId = 0
  let ended: RetrievalError | undefined
  // One question at a time: a second one waits, within its own time limit.
  let tail: Promise<unknown> = Promise.resolve()
  worker.on('message', (message: RerankReply) => {
    const task = waiting.get(message.id)
    waiting.delete(message.id)
    if ('score' in message) task?.resolve(message.score)
    else task?.reject(unavailable(message.error))
  })
  const end = () => {
    ended = unavailable('the reranker has ended')
    for (const task of waiting.values()) task.reject(ended)
    waiting.clear()
  }
  worker.on('error', end)
  worker.on('exit', end)

  const scoreOne = (query: string, text: string): Promise<number> =>
    new Promise((resolve, reject) => {
      if (ended) return reject(ended)
      const id = nextId++
      waiting.set(id, { resolve, reject })
      worker.postMessage({ id, query, text } satisfies RerankTask)
    })

  return {
    modelId: basename(resolve(path)),
    score(query, texts, { signal } = {}) {
      const run = tail.then(async () => {
        const scores: number[] = []
        for (const text of texts) {
          if (signal?.aborted) throw new RetrievalError('aborted', 'the reranking was aborted')
          scores.push(await scoreOne(query, text))
        }
        return scores
      })
      tail = run.catch(() => undefined)
      return run
    },
    async close() {
      if (ended) return
      await endThread(worker)
    },
  }
}
