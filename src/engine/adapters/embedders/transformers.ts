/** The embedder on @huggingface/transformers: a local model folder, one inference session, one text per call. */
import type { FeatureExtractionPipeline } from '@huggingface/transformers'
import { throwIfAborted } from '../../core/abort.ts'
import type { Embedder } from '../../core/embedder.ts'
import { type EmbeddingModel, modelFingerprint } from '../../core/embedding-model.ts'
import { messageOf, RetrievalError } from '../../core/errors.ts'

export type TransformersOptions = {
  /** Folder that holds the model's folder. */
  readonly modelsDir: string
  /** Name of the model's folder. */
  readonly folder: string
  readonly model: EmbeddingModel
  /** Hash of the model's files, for the fingerprint. */
  readonly filesHash: string
  /** Threads inside one inference; parallel sessions scale better than threads (`npm run bench -- --sessions`). */
  readonly threads: number
}

/** Loads the model; rejects with `model_unavailable`. Nothing is ever downloaded. */
export async function createTransformersEmbedder(options: TransformersOptions): Promise<Embedder> {
  const { model } = options
  const extract = await loadPipeline(options)
  let tail: Promise<unknown> = Promise.resolve()

  /** One text at a time: 8-bit activations are scaled per call, so texts that are embedded together change each other's vectors. */
  const embedOne = (text: string): Promise<Float32Array> => {
    const run = tail.then(async () => {
      const output = await extract(text, { pooling: model.pooling, normalize: true })
      return Float32Array.from(output.data as Float32Array) // pooled q8 output is float32
    })
    tail = run.catch(() => undefined)
    return run
  }

  return {
    fingerprint: modelFingerprint(model, options.filesHash),
    modelId: model.id,
    dimensions: model.dimensions,
    async embed(texts, kind, { signal, onProgress } = {}) {
      const vectors: Float32Array[] = []
      for (const text of texts) {
        throwIfAborted(signal)
        // Some tokenizers turn a byte-order mark into a token.
        vectors.push(await embedOne(model.prefixes[kind] + text.replaceAll('\uFEFF', '')))
        onProgress?.(vectors.length)
      }
      return vectors
    },
    async close() {
      await tail
      await extract.dispose()
    },
  }
}

async function loadPipeline(options: TransformersOptions): Promise<FeatureExtractionPipeline> {
  const { model } = options
  try {
    const { env, pipeline } = await import('@huggingface/transformers')
    env.allowRemoteModels = false
    env.allowLocalModels = true
    env.localModelPath = options.modelsDir
    const extract = await pipeline('feature-extraction', options.folder, {
      dtype: model.dtype,
      local_files_only: true,
      session_options: { intraOpNumThreads: options.threads, interOpNumThreads: 1 },
    })
    // The first run allocates its memory: better now than during a request.
    await extract(`${model.prefixes.query}warm up`, { pooling: model.pooling, normalize: true })
    return extract
  } catch (cause) {
    throw new RetrievalError(
      'model_unavailable',
      `the embedding model ${model.id} could not be loaded from ${options.modelsDir}/${options.folder} (${messageOf(cause).split('\n')[0]}): check MODEL_DIR, or restore the folder from the repository`,
      { cause },
    )
  }
}
