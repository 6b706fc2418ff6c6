/** Checks the folder of a cross-encoder, in the layout of model hubs, and chooses which weights to use. */
import { access, readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { RerankerWeights } from '../engine/adapters/rerankers/transformers.ts'
import { messageOf, RetrievalError } from '../engine/core/errors.ts'

/** In order of preference. 8-bit weights come first for speed, because a question waits while up to 20 passages are scored. */
const WEIGHTS: readonly (RerankerWeights & { readonly file: string })[] = [
  { file: 'onnx/model_quantized.onnx', subfolder: 'onnx', dtype: 'q8' },
  { file: 'onnx/model.onnx', subfolder: 'onnx', dtype: 'fp32' },
  { file: 'model_quantized.onnx', subfolder: '', dtype: 'q8' },
  { file: 'model.onnx', subfolder: '', dtype: 'fp32' },
]
const DESCRIPTIONS = ['config.json', 'tokenizer.json', 'tokenizer_config.json']

export type RerankerFolder = {
  readonly modelsDir: string
  readonly folder: string
  readonly weights: RerankerWeights
}

/** Reads everything except the weights. Throws `model_unavailable`, naming the file that is missing or damaged. */
export async function openRerankerFolder(path: string): Promise<RerankerFolder> {
  const fault = (what: string, cause?: unknown) =>
    new RetrievalError(
      'model_unavailable',
      `the reranker could not be loaded: ${what}: check RERANKER_DIR, or leave it empty`,
      { cause },
    )
  for (const name of DESCRIPTIONS) {
    const file = join(path, name)
    const text = await readFile(file, 'utf8').catch((cause: unknown) => {
      throw fault(`${file} cannot be read (${messageOf(cause)})`, cause)
    })
    try {
      JSON.parse(text)
    } catch (cause) {
      throw fault(`${file} is not JSON (${messageOf(cause)})`, cause)
    }
  }
  for (const { file, ...weights } of WEIGHTS) {
    const present = await access(join(path, file)).then(
      () => true,
      () => false,
    )
    if (present) {
      const whole = resolve(path)
      return { modelsDir: dirname(whole), folder: basename(whole), weights }
    }
  }
  throw fault(`${path} has none of ${WEIGHTS.map(({ file }) => file).join(', ')}`)
}
