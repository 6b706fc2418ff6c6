/** From a corpus folder to an index folder; embeds only what has changed. */
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
  /** What it holds already is reused. */
  readonly indexDir: string
  readonly modelDir: string
  /** Where vectors are kept by the text they are of. */
  readonly cacheDir: string
  /** Decides which review days have passed; today when not given. */
  readonly now?: Date
  readonly onProgress?: EmbedProgress
  /** false: everything is parsed, cut and embedded again. */
  readonly reuse?: boolean
  /** Vectors that are not embedded again; see `BuildIndexOptions`. */
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
    throw new RetrievalError('guide_invalid', `no guides: expected Markdown files in ${folders}`)
  }
  const sources = join(corpusDir, 'sources.yaml')
  if (!(await files.exists(sources))) {
    throw new RetrievalError(
      'guide_invalid',
      `${sources} is missing: list there the sources that the guides cite`,
    )
  }
  return { expectedQuestions, sources: await read(sources), guides }
}

/** What `npm run fit:answerability` writes. */
export const CALIBRATION_FILE = 'eval/answerability.json'

async function readCalibration(): Promise<Calibration | undefined> {
  const files = createNodeFiles()
  const path = packagePath(CALIBRATION_FILE)
  if (!(await files.exists(path))) return undefined
  return calibrationSchema.parse(JSON.parse(await files.readText(path)))
}

/** The embedding cache of an index: beside it, since whoever may write the one may write the other. */
export function cacheDirOf(indexDir: string): string {
  return join(dirname(indexDir), '.cache/embeddings')
}

/**
 * Builds in memory. Rejects with `guide_invalid` naming every fault with file and line, with `model_unavailable`, and
 * with `model_damaged` before anything is embedded by weights that do not match their checksums.
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

/** Builds as `prepareIndex` does and writes the index; on any fault the index on disk stays as it was. */
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

/** A missing or damaged index only means that there is nothing to reuse. */
async function previousSnapshot(indexDir: string): Promise<Snapshot | undefined> {
  try {
    return await readSnapshot(createNodeFiles(), indexDir)
  } catch (error) {
    if (isRetrievalError(error)) return undefined
    throw error
  }
}
