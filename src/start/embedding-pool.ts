/** The embedder over inference sessions, each in a thread of its own: the thread that answers goes on while they work. */
import type { Worker } from 'node:worker_threads'
import type { Embedder, EmbedKind } from '../engine/core/embedder.ts'
import { RetrievalError } from '../engine/core/errors.ts'
import type { PoolReply, PoolTask } from './embedding-worker.ts'
import type { ModelFolder } from './model-folder.ts'
import { endThread, startThread, type ThreadData } from './thread-entry.ts'

type Job = {
  readonly task: PoolTask
  readonly resolve: (vector: Float32Array) => void
  readonly reject: (error: RetrievalError) => void
}

export type PoolOptions = {
  readonly sessions: number
  /** Inside one inference; parallel sessions scale better (`npm run bench -- --sessions`). 1 when not given. */
  readonly threads?: number
}

const ENDED = 'every embedding session has ended: start the service again'

const unavailable = (message: string, cause?: unknown) =>
  new RetrievalError('model_unavailable', message, { cause })

/**
 * Starts the sessions; rejects with `model_unavailable` when one cannot load the model. Idle threads do not keep the
 * process alive. When a thread dies its text is refused with `model_unavailable`, and so is every text once all have.
 */
export async function createEmbeddingPool(
  folder: ModelFolder,
  { sessions, threads = 1 }: PoolOptions,
): Promise<Embedder> {
  const workers = new Set(await startThreads({ path: folder.path, threads }, sessions))
  const busy = new Map<Worker, Job>()
  const queue: Job[] = []

  const dispatch = () => {
    for (const worker of workers) {
      if (busy.has(worker)) continue
      const job = queue.shift()
      if (!job) return
      busy.set(worker, job)
      worker.ref()
      worker.postMessage(job.task)
    }
  }
  const release = (worker: Worker): Job | undefined => {
    const job = busy.get(worker)
    busy.delete(worker)
    worker.unref()
    return job
  }
  const refuseQueue = (cause?: unknown) => {
    for (const job of queue.splice(0)) job.reject(unavailable(ENDED, cause))
  }
  const settle = (worker: Worker, reply: PoolReply) => {
    const job = release(worker)
    if ('vector' in reply) job?.resolve(reply.vector)
    else job?.reject(unavailable(reply.error))
    dispatch()
  }
  const bury = (worker: Worker, cause?: unknown) => {
    workers.delete(worker)
    release(worker)?.reject(unavailable('an embedding session ended unexpectedly', cause))
    if (workers.size === 0) refuseQueue(cause)
  }
  for (const worker of workers) {
    worker.on('message', (reply: PoolReply) => settle(worker, reply))
    worker.on('error', (error) => bury(worker, error))
    worker.on('exit', () => bury(worker))
    worker.unref()
  }

  const embedOne = (text: string, kind: EmbedKind): Promise<Float32Array> =>
    new Promise((resolve, reject) => {
      if (workers.size === 0) return reject(unavailable(ENDED))
      queue.push({ task: { text, kind }, resolve, reject })
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
      refuseQueue()
      await Promise.all([...workers].map(endThread))
    },
  }
}

/** All or none: when one cannot start, the others must not keep the process alive. */
async function startThreads(data: ThreadData, sessions: number): Promise<Worker[]> {
  const starts = await Promise.allSettled(
    Array.from({ length: sessions }, () => startThread('embedding-worker', data)),
  )
  const workers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const failed = starts.find((start) => start.status === 'rejected')
  if (!failed) return workers
  await Promise.all(workers.map(endThread))
  throw failed.reason
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new RetrievalError('aborted', 'the request was aborted')
}
