/** Downloads an embedding model from a hub into `models/`. The service itself never downloads anything. */
import { createHash } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type EmbeddingModel, embeddingModelSchema } from '../../src/engine/core/embedding-model.ts'
import { messageOf, RetrievalError } from '../../src/engine/core/errors.ts'

const WEIGHTS: Record<EmbeddingModel['dtype'], string> = {
  fp32: 'onnx/model.onnx',
  fp16: 'onnx/model_fp16.onnx',
  q8: 'onnx/model_quantized.onnx',
  q4: 'onnx/model_q4.onnx',
}

export type FetchModelOptions = {
  /** Base address of the hub, without a slash at the end. */
  readonly hub: string
  readonly model: EmbeddingModel
  readonly modelsDir: string
  readonly onProgress?: (file: string, done: number, total: number) => void
}

/**
 * Downloads into a temporary folder beside the target and renames it at the end, so that a failed download leaves nothing
 * behind. Each file is checked against the announced length and, if the hub gives one, SHA-256; the sums are stored as
 * SHA256SUMS and compared at every build. Returns the folder; throws `model_unavailable` naming the address.
 */
export async function fetchModel(options: FetchModelOptions): Promise<string> {
  const model = embeddingModelSchema.parse(options.model)
  const target = join(options.modelsDir, model.id.replaceAll('/', '--'))
  const temporary = `${target}.download`
  await rm(temporary, { recursive: true, force: true })
  const sums: string[] = []
  try {
    for (const file of [
      'config.json',
      'tokenizer.json',
      'tokenizer_config.json',
      WEIGHTS[model.dtype],
    ]) {
      const bytes = await download(file, options)
      await mkdir(dirname(join(temporary, file)), { recursive: true })
      await writeFile(join(temporary, file), bytes)
      sums.push(`${createHash('sha256').update(bytes).digest('hex')}  ${file}\n`)
    }
    await writeFile(join(temporary, 'SHA256SUMS'), sums.join(''))
    await writeFile(join(temporary, 'embedding.json'), `${JSON.stringify(model, null, 2)}\n`)
    await rm(target, { recursive: true, force: true })
    await rename(temporary, target)
  } catch (error) {
    await rm(temporary, { recursive: true, force: true })
    throw error
  }
  return target
}

async function download(
  file: string,
  { hub, model, onProgress }: FetchModelOptions,
): Promise<Uint8Array> {
  const url = `${hub}/${model.id}/resolve/${encodeURIComponent(model.revision)}/${file}`
  const refuse = (why: string, cause?: unknown) =>
    new RetrievalError('model_unavailable', `${url}: ${why}; nothing was stored`, { cause })
  const response = await fetch(url).catch((cause: unknown) => {
    throw refuse(`cannot be reached (${messageOf(cause)})`, cause)
  })
  if (!response.ok || !response.body) throw refuse(`answered ${response.status}`)
  const announced = Number(response.headers.get('content-length') ?? 0)
  const chunks: Uint8Array[] = []
  let done = 0
  try {
    for await (const chunk of response.body) {
      chunks.push(chunk)
      done += chunk.length
      onProgress?.(file, done, Math.max(announced, done))
    }
  } catch (cause) {
    throw refuse(`the connection ended after ${done} bytes`, cause)
  }
  const bytes = Buffer.concat(chunks)
  if (announced > 0 && bytes.length !== announced)
    throw refuse(`received ${bytes.length} bytes instead of the announced ${announced}`)
  const sum = /^"?([0-9a-f]{64})"?$/.exec(response.headers.get('x-linked-etag') ?? '')?.[1]
  if (sum && createHash('sha256').update(bytes).digest('hex') !== sum)
    throw refuse('does not match the SHA-256 that the hub gives')
  return bytes
}
