/** The reranker on @huggingface/transformers: a local folder with a cross-encoder, one pair a call. */
import type { PreTrainedModel, PreTrainedTokenizer } from '@huggingface/transformers'
import { messageOf, RetrievalError } from '../../core/errors.ts'
import type { Reranker } from '../../core/reranker.ts'

export type TransformersRerankerOptions = {
  /** Folder that holds the model's folder. */
  readonly modelsDir: string
  /** Name of the model's folder: config.json, tokenizer.json, onnx/model_quantized.onnx. */
  readonly folder: string
  readonly threads: number
}

/** Loads the model; rejects with `model_unavailable`. Nothing is ever downloaded. */
export async function createTransformersReranker(
  options: TransformersRerankerOptions,
): Promise<Reranker> {
  const { tokenizer, model } = await load(options)

  const scoreOne = async (query: string, text: string): Promise<number> => {
    const inputs = tokenizer([query], { text_pair: [text], padding: true, truncation: true })
    const { logits } = await model(inputs)
    // One logit is the score; of two classes the second is "relevant".
    const values = Array.from(logits.data as Float32Array, Number) // q8 output is float32
    return values.length > 1 ? (values[1] ?? 0) - (values[0] ?? 0) : (values[0] ?? 0)
  }

  return {
    modelId: options.folder,
    async score(query, texts, { signal } = {}) {
      const scores: number[] = []
      for (const text of texts) {
        if (signal?.aborted) throw new RetrievalError('aborted', 'the reranking was aborted')
        scores.push(await scoreOne(query, text))
      }
      return scores
    },
    async close() {
      await model.dispose()
    },
  }
}

async function load(
  options: TransformersRerankerOptions,
): Promise<{ tokenizer: PreTrainedTokenizer; model: PreTrainedModel }> {
  const { modelsDir, folder, threads } = options
  try {
    const { AutoModelForSequenceClassification, AutoTokenizer, env } = await import(
      '@huggingface/transformers'
    )
    env.allowRemoteModels = false
    env.allowLocalModels = true
    env.localModelPath = modelsDir
    const tokenizer = await AutoTokenizer.from_pretrained(folder, { local_files_only: true })
    const model = await AutoModelForSequenceClassification.from_pretrained(folder, {
      dtype: 'q8',
      local_files_only: true,
      session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
    })
    return { tokenizer, model }
  } catch (cause) {
    throw new RetrievalError(
      'model_unavailable',
      `the reranker could not be loaded from ${modelsDir}/${folder} (${messageOf(cause).split('\n')[0]}): check RERANKER_DIR, or leave it empty`,
      { cause },
    )
  }
}
