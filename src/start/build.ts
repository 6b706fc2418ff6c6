/** Builds the index in a folder from a corpus folder: what `npm run build:index` and `check:index` share. */
import { availableParallelism } from 'node:os'
import { dirname, join } from 'node:path'
import { createNodeFiles } from '../engine/adapters/files/node-fs.ts'
import { createLangchainSplitter } from '../engine/adapters/splitters/langchain.ts'
import { type Calibration, calibrationSchema } from '../engine/core/calibration.ts'
import { isRetrievalError } from '../engine/core/errors.ts'
import { createSentenceSplitter } from '../engine/core/sentences.ts'
import type { CorpusFiles } from '../engine/guides/corpus.ts'
import type { GuideFile } from '../engine/guides/front-matter.ts'
import { type BuildResult, buildIndex } from '../engine/indexing/build.ts'
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
  readonly indexDir: string
  readonly modelDir: string
  readonly cacheDir: string
  readonly now?: Date
  readonly onProgress?: EmbedProgress
  /** false: parse, cut and embed everything again, whatever is known. */
  readonly reuse?: boolean
}

/** Reads `sources.yaml` and the guides of every registered language; paths are as messages should name them. */
export async function readCorpus(corpusDir: string): Promise<CorpusFiles> {
  const files = createNodeFiles()
  const read = async (path: string) => ({ path, content: await files.readText(path) })
  const guides: string[] = []
  for (const language of Object.keys(PROFILES)) {
    const names = await files.list(join(corpusDir, language))
    guides.push(
      ...names
        .filter((name) => name.endsWith('.md'))
        .map((name) => join(corpusDir, language, name)),
    )
  }
  const expectedQuestions = new Map<string, GuideFile>()
  for (const path of guides) {
    const beside = path.replace(/\.md$/, '.yaml').replace(corpusDir, join(corpusDir, 'asked'))
    if (await files.exists(beside)) expectedQuestions.set(path, await read(beside))
  }
  return {
    expectedQuestions,
    sources: await read(join(corpusDir, 'sources.yaml')),
    guides: await Promise.all(guides.map(read)),
  }
}

/** What `npm run fit:answerability` writes. */
export const CALIBRATION_FILE = 'eval/answerability.json'

async function readCalibration(): Promise<Calibration | undefined> {
  const files = createNodeFiles()
  const path = packagePath(CALIBRATION_FILE)
  if (!(await files.exists(path))) return undefined
  return calibrationSchema.parse(JSON.parse(await files.readText(path)))
}

/** Beside the index: whoever may write the one may write the other. */
export function cacheDirOf(indexDir: string): string {
  return join(dirname(indexDir), '.cache/embeddings')
}

/** Everything up to the write. */
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
      calibration: await readCalibration(),
      onProgress: request.onProgress,
    })
  } finally {
    await close()
  }
}

/** Builds and writes; on any fault the index on disk stays as it was. */
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
