/**
 * The reranker on @huggingface/transformers: a cross-encoder from a local folder, one pair of question and passage per
 * call.
 */
import type { PreTrainedModel, PreTrainedTokenizer } from '@huggingface/transformers'
import { throwIfAborted } from '../../core/abort.ts'
import { messageOf, RetrievalError } from '../../core/errors.ts'
import type { Reranker } from '../../core/reranker.ts'

/** Which weights to load: `subfolder/model_quantized.onnx` (q8) or `subfolder/model.onnx` (fp32). */
export type RerankerWeights = {
  readonly subfolder: string
  readonly dtype: 'q8' | 'fp32'
}

export type TransformersRerankerOptions = {
  /** Folder that holds the model's folder. */
  readonly modelsDir: string
  /** Name of the model's folder, with config.json, tokenizer.json, tokenizer_config.json and the weights. */
  readonly folder: string
  readonly weights: RerankerWeights
  readonly threads: number
}

/** Loads the model and tries it on one pair; rejects with `model_unavailable`. Nothing is ever downloaded. */
export async function createTransformersReranker(
  options: TransformersRerankerOptions,
): Promise<Reranker> {
  const { modelsDir, folder } = options
  const fault = (cause: unknown) =>
    new RetrievalError(
      'model_unavailable',
      `the reranker could not be loaded from ${modelsDir}/${folder} (${messageOf(cause).split('\n')[0]}): check RERANKER_DIR, or leave it empty`,
      { cause },
    )
  const { tokenizer, model } = await load(options).catch((cause: unknown) => {
    throw fault(cause)
  })
  const max_length = longestPair(tokenizer, model)

  const scoreOne = async (query: string, text: string): Promise<number> => {
    const inputs = tokenizer([query], {
      text_pair: [text],
      padding: true,
      truncation: true,
      max_length,
    })
    return toScore(await model(inputs))
  }
  try {
    // Only a run shows whether it is a cross-encoder, and the first one allocates its memory.
    await scoreOne('warm up', 'warm up')
  } catch (cause) {
    await model.dispose()
    throw fault(cause)
  }

  return {
    modelId: folder,
    async score(query, texts, { signal } = {}) {
      const scores: number[] = []
      for (const text of texts) {
        throwIfAborted(signal)
        scores.push(await scoreOne(query, text))
      }
      return scores
    },
    async close() {
      await model.dispose()
    },
  }
}

/**
 * Many tokenizers state no maximum length, and a text with more tokens than the model has positions fails. RoBERTa
 * models reserve two positions.
 */
function longestPair(tokenizer: PreTrainedTokenizer, model: PreTrainedModel): number | null {
  const { max_position_embeddings: positions } = model.config as {
    max_position_embeddings?: unknown // the library passes config.json through as it is
  }
  const longest = Math.min(
    tokenizer.model_max_length,
    typeof positions === 'number' ? positions - 2 : Number.POSITIVE_INFINITY,
  )
  return Number.isFinite(longest) ? longest : null
}

type Logits = { readonly dims: readonly number[]; readonly data: ArrayLike<number> }

/** A single logit is the score; of two, the second means "relevant". */
function toScore({ logits }: { readonly logits?: Logits }): number {
  if (!logits)
    throw new Error('not a cross-encoder: it returns no logits (is it an embedding model?)')
  const [first, second] = Array.from(logits.data, Number)
  const classes = logits.dims.length === 2 ? logits.dims[1] : undefined
  if (first === undefined || (classes !== 1 && classes !== 2))
    throw new Error(
      `not a cross-encoder: its logits have the shape [${logits.dims.join(', ')}], where one or two numbers per pair are expected`,
    )
  return second === undefined ? first : second - first
}

async function load(
  options: TransformersRerankerOptions,
): Promise<{ tokenizer: PreTrainedTokenizer; model: PreTrainedModel }> {
  const { AutoModelForSequenceClassification, AutoTokenizer, env } = await import(
    '@huggingface/transformers'
  )
  env.allowRemoteModels = false
  env.allowLocalModels = true
  env.localModelPath = options.modelsDir
  const local = { local_files_only: true }
  const tokenizer = await AutoTokenizer.from_pretrained(options.folder, local)
  const model = await AutoModelForSequenceClassification.from_pretrained(options.folder, {
    ...local,
    ...options.weights,
    session_options: { intraOpNumThreads: options.threads, interOpNumThreads: 1 },
  })
  return { tokenizer, model }
}
