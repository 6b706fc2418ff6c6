/** The embedder over inference sessions, each in a thread of its own, so that the calling thread goes on meanwhile. */
import type { Embedder, EmbedKind } from '../engine/core/embedder.ts'
import { RetrievalError } from '../engine/core/errors.ts'
import type { EmbeddingTask } from './embedding-worker.ts'
import type { ModelFolder } from './model-folder.ts'
import { threadEntry } from './thread.ts'
import { createThreadPool, type ThreadPoolOptions } from './thread-pool.ts'

export type EmbeddingPoolOptions = Pick<ThreadPoolOptions, 'notice' | 'restartDelaysMs'> & {
  /** Texts embedded at once, each by a copy of the model. */
  readonly sessions: number
  /** Inside one inference; parallel sessions scale better (`npm run bench -- --sessions`). 1 when not given. */
  readonly threads?: number
}

export type EmbeddingPool = Embedder & {
  /** Whether the model can be asked now; false while its only thread is being started again. */
  readonly isUp: boolean
}

/** Loads the model in every session; rejects with `model_unavailable`, as does `embed` when the model is down. */
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
