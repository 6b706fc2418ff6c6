/** An embedder whose inference sessions each run in their own thread, so that the calling thread is not blocked. */
import type { Embedder, EmbedKind } from '../engine/core/embedder.ts'
import { RetrievalError } from '../engine/core/errors.ts'
import type { EmbeddingTask } from './embedding-worker.ts'
import type { ModelFolder } from './model-folder.ts'
import { threadEntry } from './thread.ts'
import { createThreadPool, type ThreadPoolOptions } from './thread-pool.ts'

export type EmbeddingPoolOptions = Pick<ThreadPoolOptions, 'notice' | 'restartDelaysMs'> & {
  /** How many texts are embedded in parallel, each by its own copy of the model. */
  readonly sessions: number
  /** Threads per inference; 1 by default, because parallel sessions scale better (`npm run bench -- --sessions`). */
  readonly threads?: number
}

export type EmbeddingPool = Embedder & {
  /** Whether the model is available now; false while all of its threads are being restarted. */
  readonly isUp: boolean
}

/** Loads the model in every session. Rejects with `model_unavailable`; so does `embed` while the model is down. */
export async function createEmbeddingPool(
  folder: ModelFolder,
  { sessions, threads = 1, notice, restartDelaysMs }: EmbeddingPoolOptions,
): Promise<EmbeddingPool> {
  const pool = await createThreadPool<EmbeddingTask, Float32Array>({
    entry: threadEntry('embedding-worker', import.meta.url),
    data: { path: folder.path, threads },
    size: sessions,
    what: 'the embedding model',
    notice,
    restartDelaysMs,
  })

  return {
    fingerprint: folder.fingerprint,
    modelId: folder.model.id,
    dimensions: folder.model.dimensions,
    get isUp() {
      return pool.isUp
    },
    embed(texts, kind: EmbedKind, { signal, onProgress } = {}) {
      let done = 0
      return Promise.all(
        texts.map(async (text) => {
          checkSignal(signal)
          const vector = await pool.ask({ text, kind })
          checkSignal(signal)
          onProgress?.(++done)
          return vector
        }),
      )
    },
    close: pool.close,
  }
}

function checkSignal(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw new RetrievalError('aborted', 'the request was aborted')
}
