/** The embedder over inference sessions, each in a thread of its own: the thread that answers goes on while they work. */
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

export type PoolOptions = {
  readonly sessions: number
  /** Inside one inference; parallel sessions scale better (`npm run bench -- --sessions`). 1 when not given. */
  readonly threads?: number
}

/**
 * Starts the sessions; rejects with `model_unavailable` when one cannot load the model. Idle threads do not keep the
 * process alive. When a thread dies its text is refused with `model_unavailable`, and so is every text once all have.
 */
export async function createEmbeddingPool(
  folder: ModelFolder,
  { sessions, threads = 1 }: PoolOptions,
): Promise<Embedder> {
  const queue: PoolTask[] = []
  const waiting = new Map<number, Waiting>()
  const idle: Worker[] = []
  const busy = new Map<Worker, number>()
  let nextId = 0

  const workers = new Set(await startWorkers(folder.path, sessions, threads))

  const dispatch = () => {
    for (let task = queue[0]; task && idle.length > 0; task = queue[0]) {
      const worker = idle.pop()
      if (!worker) break
      queue.shift()
      busy.set(worker, task.id)
      worker.ref()
      worker.postMessage(task)
    }
  }
  const rest = (worker: Worker) => {
    busy.delete(worker)
    worker.unref()
    idle.push(worker)
    dispatch()
  }
  const refuse = (id: number, message: string, cause?: unknown) => {
    waiting.get(id)?.reject(new RetrievalError('model_unavailable', message, { cause }))
    waiting.delete(id)
  }
  const settle = (worker: Worker, message: PoolReply) => {
    if (!('id' in message)) return
    if ('vector' in message) {
      waiting.get(message.id)?.resolve(message.vector)
      waiting.delete(message.id)
    } else refuse(message.id, message.error)
    rest(worker)
  }
  const bury = (worker: Worker, cause?: unknown) => {
    workers.delete(worker)
    if (idle.includes(worker)) idle.splice(idle.indexOf(worker), 1)
    const running = busy.get(worker)
    busy.delete(worker)
    if (running !== undefined) refuse(running, 'an embedding session ended unexpectedly', cause)
    if (workers.size > 0) return
    for (const { id } of queue.splice(0)) refuse(id, ENDED, cause)
  }
  for (const worker of workers) {
    worker.on('message', (message: PoolReply) => settle(worker, message))
    worker.on('error', (error) => bury(worker, error))
    worker.on('exit', () => bury(worker))
    rest(worker)
  }

  const embedOne = (text: string, kind: EmbedKind): Promise<Float32Array> =>
    new Promise((resolve, reject) => {
      if (workers.size === 0) return reject(new RetrievalError('model_unavailable', ENDED))
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
      for (const { id } of queue.splice(0)) refuse(id, ENDED)
      await Promise.all([...workers].map(endWorker))
    },
  }
}

const ENDED = 'every embedding session has ended: start the service again'

/** All or none: when one cannot start, the others must not keep the process alive. */
async function startWorkers(path: string, sessions: number, threads: number): Promise<Worker[]> {
  const starts = await Promise.allSettled(
    Array.from({ length: sessions }, () => startWorker(path, threads)),
  )
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
    worker.ref()
    worker.once('exit', () => resolve())
    worker.postMessage('close' satisfies PoolMessage)
  })
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new RetrievalError('aborted', 'the request was aborted')
}

function startWorker(path: string, threads: number): Promise<Worker> {
  // Run from source (tests), the thread needs the loader that this one has; compiled, nothing.
  const fromSource = import.meta.url.endsWith('.ts')
  const entry = new URL(`./embedding-worker.${fromSource ? 'ts' : 'js'}`, import.meta.url)
  const options = { workerData: { path, threads }, execArgv: [] }
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
