/** The folder of the embedding model: its settings (embedding.json), its checksums, and the embedder created from it. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createTransformersEmbedder } from '../engine/adapters/embedders/transformers.ts'
import { createTokenCounter } from '../engine/adapters/tokenizers/huggingface.ts'
import type { CountTokens, Embedder } from '../engine/core/embedder.ts'
import {
  type EmbeddingModel,
  embeddingModelSchema,
  modelFingerprint,
} from '../engine/core/embedding-model.ts'
import { messageOf, RetrievalError } from '../engine/core/errors.ts'

const SUMS = 'SHA256SUMS'
const RESTORE = 'restore the folder from the repository, or point MODEL_DIR to an intact model'

export type ModelFolder = {
  readonly path: string
  readonly model: EmbeddingModel
  readonly fingerprint: string
  /** Compares every file with SHA256SUMS; throws `model_damaged`, naming the file. */
  verify(): Promise<void>
  open(threads: number): Promise<Embedder>
  openTokenCounter(): Promise<CountTokens>
}

/** Reads the settings and the checksums, not the weights. Throws `model_unavailable`. */
export async function openModelFolder(path: string): Promise<ModelFolder> {
  const at = (name: string) => join(path, name)
  const read = async (name: string): Promise<string> => {
    try {
      return await readFile(at(name), 'utf8')
    } catch (cause) {
      throw new RetrievalError(
        'model_unavailable',
        `${at(name)} cannot be read (${messageOf(cause)}): ${RESTORE}`,
        { cause },
      )
    }
  }
  const recipe = embeddingModelSchema.safeParse(
    parseJson(await read('embedding.json'), at('embedding.json')),
  )
  if (!recipe.success) {
    const issue = recipe.error.issues[0]
    throw new RetrievalError(
      'model_unavailable',
      `${at('embedding.json')}: ${issue?.path.join('.')}: ${issue?.message}`,
    )
  }
  const sums = await read(SUMS)
  const filesHash = createHash('sha256').update(sums).digest('hex')
  const model = recipe.data
  return {
    path,
    model,
    fingerprint: modelFingerprint(model, filesHash),
    async verify() {
      for (const line of sums.trim().split('\n')) {
        const [, expected, name] = /^([0-9a-f]{64}) [ *](.+)$/.exec(line) ?? []
        if (!expected || !name)
          throw new RetrievalError('model_damaged', `${at(SUMS)}: cannot parse the line "${line}"`)
        const found = await hashFile(at(name)).catch(() => 'missing')
        if (found !== expected) {
          throw new RetrievalError(
            'model_damaged',
            `${at(name)} does not match ${SUMS} (${found.slice(0, 12)} where ${expected.slice(0, 12)} is expected): ${RESTORE}`,
          )
        }
      }
    },
    open: (threads) =>
      createTransformersEmbedder({
        modelsDir: dirname(resolve(path)),
        folder: basename(resolve(path)),
        model,
        filesHash,
        threads,
      }),
    async openTokenCounter() {
      const tokenizer = parseJson(await read('tokenizer.json'), at('tokenizer.json'))
      const config = parseJson(await read('tokenizer_config.json'), at('tokenizer_config.json'))
      return createTokenCounter(tokenizer, config)
    },
  }
}

function parseJson(text: string, where: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch (cause) {
    throw new RetrievalError('model_unavailable', `${where} is not JSON: ${RESTORE}`, { cause })
  }
  throw new RetrievalError('model_unavailable', `${where} is not a JSON object: ${RESTORE}`)
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(createReadStream(path), hash)
  return hash.digest('hex')
}
