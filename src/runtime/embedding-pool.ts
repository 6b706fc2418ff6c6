/** The embedder over parallel inference sessions, each in a thread of its own: for builds and evaluations. */
import { Worker } from 'node:worker_threads'
import type { Embedder, EmbedKind } from '../core/embedder.ts'
import { RetrievalError } from '../core/errors.ts'
import type { PoolMessage, PoolReply, PoolTask } from './embedding-worker.ts'
import type { ModelFolder } from './model-folder.ts'
import { importWithTsx } from './thread-entry.ts'

type Waiting = {
  readonly resolve: (vector: Float32Array) => void
  readonly reject: (error: RetrievalError) => void
}

/** Starts the sessions; rejects with `model_unavailable` when one cannot load the model. */
export async function createEmbeddingPool(
  folder: ModelFolder,
  sessions: number,
): Promise<Embedder> {
  const queue: PoolTask[] = []
  const waiting = new Map<number, Waiting>()
  const idle: Worker[] = []
  let nextId = 0

  const dispatch = () => {
    while (idle.length > 0 && queue.length > 0) idle.pop()?.postMessage(queue.shift())
  }
  const settle = (worker: Worker, message: PoolReply) => {
    if (!('id' in message)) return
    const task = waiting.get(message.id)
    waiting.delete(message.id)
    if ('vector' in message) task?.resolve(message.vector)
    else task?.reject(new RetrievalError('model_unavailable', message.error))
    idle.push(worker)
    dispatch()
  }
  const fail = (cause: unknown) => {
    for (const task of waiting.values()) {
      task.reject(
        new RetrievalError('model_unavailable', 'an embedding session ended unexpectedly', {
          cause,
        }),
      )
    }
    waiting.clear()
    queue.length = 0
  }
  const workers = await startWorkers(folder.path, sessions)
  for (const worker of workers) {
    worker.on('message', (message: PoolReply) => settle(worker, message))
    worker.on('error', fail)
    idle.push(worker)
  }

  const embedOne = (text: string, kind: EmbedKind): Promise<Float32Array> =>
    new Promise((resolve, reject) => {
      const id = nextId++
      waiting.set(id, { resolve, reject })
      queue.push({ id, text, kind })
      dispatch()
    })

  return {
    fingerprint: folder.fingerprint,
    modelId: folder.model.id,
    dimensions: folder.model.dimensions,
    embed(texts, kind, { signal, onProgress } = {}) {
      let done = 0
      return Promise.all(
        texts.map(async (text) => {
          checkSignal(signal)
          const vector = await embedOne(text, kind)
          checkSignal(signal)
          onProgress?.(++done)
          return vector
        }),
      )
    },
    async close() {
      fail(new Error('the pool was closed'))
      await Promise.all(workers.map(endWorker))
    },
  }
}

/** All or none: when one cannot start, the others must not keep the process alive. */
async function startWorkers(path: string, sessions: number): Promise<Worker[]> {
  const starts = await Promise.allSettled(Array.from({ length: sessions }, () => startWorker(path)))
  const workers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const failed = starts.find((start) => start.status === 'rejected')
  if (!failed) return workers
  await Promise.all(workers.map(endWorker))
  throw failed.reason
}

function endWorker(worker: Worker): Promise<void> {
  return new Promise((resolve) => {
    // A thread that has ended already says no exit any more.
    if (worker.threadId === -1) return resolve()
    worker.once('exit', () => resolve())
    worker.postMessage('close' satisfies PoolMessage)
  })
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new RetrievalError('aborted', 'the request was aborted')
}

function startWorker(path: string): Promise<Worker> {
  // Run from source (tests), the thread needs the loader that this one has; compiled, nothing.
  const fromSource = import.meta.url.endsWith('.ts')
  const entry = new URL(`./embedding-worker.${fromSource ? 'ts' : 'js'}`, import.meta.url)
  const options = { workerData: { path, threads: 1 }, execArgv: [] }
  const worker = fromSource
    ? new Worker(importWithTsx(entry.href), { ...options, eval: true })
    : new Worker(entry, options)
  return new Promise((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (message: PoolReply) => {
      worker.off('error', reject)
      if ('failed' in message) reject(new RetrievalError('model_unavailable', message.failed))
      else resolve(worker)
    })
  })
}
