/** Builds an index folder from a corpus folder, embedding only what has changed. */
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { createNodeFiles } from '../engine/adapters/files/node-fs.ts'
import { createLangchainSplitter } from '../engine/adapters/splitters/langchain.ts'
import { type Calibration, calibrationSchema } from '../engine/core/calibration.ts'
import { isRetrievalError, RetrievalError } from '../engine/core/errors.ts'
import { createSentenceSplitter } from '../engine/core/sentences.ts'
import type { CorpusFiles } from '../engine/guides/corpus.ts'
import type { GuideFile } from '../engine/guides/front-matter.ts'
import { type BuildIndexOptions, type BuildResult, buildIndex } from '../engine/indexing/build.ts'
import type { EmbedProgress } from '../engine/indexing/embed-texts.ts'
import { openEmbeddingCache } from '../engine/indexing/embedding-cache.ts'
import { readSnapshot, type Snapshot } from '../engine/indexing/snapshot.ts'
import { writeSnapshot } from '../engine/indexing/write-snapshot.ts'
import { PROFILES } from '../engine/languages/registry.ts'
import { createEmbeddingPool } from './embedding-pool.ts'
import { type ModelFolder, openModelFolder } from './model-folder.ts'
import { packagePath } from './package-folder.ts'

export type BuildRequest = {
  readonly corpusDir: string
  /** Output folder. Unchanged parts of an index that it already contains are reused. */
  readonly indexDir: string
  readonly modelDir: string
  /** Folder of the embedding cache, which stores vectors by the text that was embedded. */
  readonly cacheDir: string
  /** The date that decides which review dates have passed; today by default. */
  readonly now?: Date
  readonly onProgress?: EmbedProgress
  /** True by default. If false, everything is parsed, chunked and embedded again. */
  readonly reuse?: boolean
  /** Vectors to take over without embedding them again; see `BuildIndexOptions`. */
  readonly trusted?: BuildIndexOptions['trusted']
}

/**
 * Reads `sources.yaml`, every guide (`en/*.md`, `es/*.md`) and its questions (`asked/en/*.yaml`, `asked/es/*.yaml`).
 * Rejects with `guide_invalid` when there are no guides or no list of sources.
 */
export async function readCorpus(corpusDir: string): Promise<CorpusFiles> {
  const files = createNodeFiles()
  const read = async (path: string) => ({ path, content: await files.readText(path) })
  const guides: GuideFile[] = []
  const expectedQuestions = new Map<string, GuideFile>()
  for (const language of Object.keys(PROFILES)) {
    for (const name of await files.list(join(corpusDir, language))) {
      if (!name.endsWith('.md')) continue
      const guide = await read(join(corpusDir, language, name))
      const questions = join(corpusDir, 'asked', language, name.replace(/\.md$/, '.yaml'))
      guides.push(guide)
      if (await files.exists(questions)) expectedQuestions.set(guide.path, await read(questions))
    }
  }
  if (guides.length === 0) {
    const folders = Object.keys(PROFILES)
      .map((language) => join(corpusDir, language))
      .join(' or ')
    throw new RetrievalError('guide_invalid', `no guides found: put Markdown files into ${folders}`)
  }
  const sources = join(corpusDir, 'sources.yaml')
  if (!(await files.exists(sources))) {
    throw new RetrievalError(
      'guide_invalid',
      `${sources} is missing: create it and list the sources that the guides cite`,
    )
  }
  return { expectedQuestions, sources: await read(sources), guides }
}

/** The file that `npm run fit:answerability` writes. */
export const CALIBRATION_FILE = 'eval/answerability.json'

async function readCalibration(): Promise<Calibration | undefined> {
  const files = createNodeFiles()
  const path = packagePath(CALIBRATION_FILE)
  if (!(await files.exists(path))) return undefined
  return calibrationSchema.parse(JSON.parse(await files.readText(path)))
}

/** The embedding cache of an index is in the same parent folder, because that is writable if the index is. */
export function cacheDirOf(indexDir: string): string {
  return join(dirname(indexDir), '.cache/embeddings')
}

/**
 * Builds the index in memory. Rejects with `guide_invalid`, naming every fault with file and line, with
 * `model_unavailable`, or with `model_damaged` if the weights do not match their checksums; nothing is embedded then.
 */
export async function prepareIndex(request: BuildRequest): Promise<BuildResult> {
  const folder = await openModelFolder(request.modelDir)
  const reuse = request.reuse ?? true
  const files = createNodeFiles()
  const embedder = {
    fingerprint: folder.fingerprint,
    modelId: folder.model.id,
    dimensions: folder.model.dimensions,
  }
  let close = async () => {}
  try {
    return await buildIndex({
      corpus: await readCorpus(request.corpusDir),
      languages: PROFILES,
      now: request.now ?? new Date(),
      embedder,
      async openEmbedder() {
        await folder.verify()
        const pool = await createEmbeddingPool(folder, { sessions: availableParallelism() })
        close = pool.close
        return pool
      },
      openChunking: () => openChunking(folder),
      previous: reuse ? await previousSnapshot(request.indexDir) : undefined,
      cache: reuse
        ? await openEmbeddingCache(files, request.cacheDir, embedder, 'passage')
        : undefined,
      trusted: request.trusted,
      calibration: await readCalibration(),
      onProgress: request.onProgress,
    })
  } finally {
    await close()
  }
}

/** Builds the index like `prepareIndex` and writes it. If anything fails, the index on disk is not changed. */
export async function buildAndWrite(request: BuildRequest): Promise<BuildResult> {
  const result = await prepareIndex(request)
  await writeSnapshot(createNodeFiles(), request.indexDir, result.content)
  return result
}

async function openChunking(folder: ModelFolder) {
  const countTokens = await folder.openTokenCounter()
  const toSentences = createSentenceSplitter(PROFILES)
  return { countTokens, splitText: createLangchainSplitter({ countTokens, toSentences }) }
}

/** The index to reuse parts of. If it is missing or damaged, there is simply nothing to reuse. */
async function previousSnapshot(indexDir: string): Promise<Snapshot | undefined> {
  try {
    return await readSnapshot(createNodeFiles(), indexDir)
  } catch (error) {
    if (isRetrievalError(error)) return undefined
    throw error
  }
}
