/** Opens an index for evaluation and asks it questions: without abstention, as shipped, and with one part removed. */
import { availableParallelism } from 'node:os'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import { createFlatIndex } from '../../../src/engine/adapters/vector-indexes/flat.ts'
import { OPEN_GATE } from '../../../src/engine/core/calibration.ts'
import type { Embedder } from '../../../src/engine/core/embedder.ts'
import type { EmbeddingModel } from '../../../src/engine/core/embedding-model.ts'
import { RetrievalError } from '../../../src/engine/core/errors.ts'
import { facetsOf } from '../../../src/engine/core/passage-filter.ts'
import { openEmbeddingCache } from '../../../src/engine/indexing/embedding-cache.ts'
import { REBUILD } from '../../../src/engine/indexing/manifest.ts'
import { passageVectors } from '../../../src/engine/indexing/passage-vectors.ts'
import { readSnapshot, type Snapshot } from '../../../src/engine/indexing/snapshot.ts'
import type { Config } from '../../../src/start/config.ts'
import { createEmbeddingPool } from '../../../src/start/embedding-pool.ts'
import { searchableIndex } from '../../../src/start/index-parts.ts'
import { type ModelFolder, openModelFolder } from '../../../src/start/model-folder.ts'
import type { Question } from '../questions.ts'
import { ABLATIONS, type Ablation } from './ablations.ts'
import { type AskedQuestion, askQuestions } from './ask-questions.ts'
import { createQuestionEmbedder } from './question-embedder.ts'

/** Base of citation URLs during an evaluation. */
export const BASE_URL = 'http://localhost'

export type EvaluationModel = {
  readonly folder: Pick<ModelFolder, 'fingerprint'> & {
    readonly model: Pick<EmbeddingModel, 'dimensions'>
  }
  /** Opens an embedder with one session, for questions. */
  readonly openEmbedder: () => Promise<Embedder>
  /** Opens an embedder with a session per processor, for the passages of an ablation. */
  readonly openPool: () => Promise<Embedder>
}

export type EvaluationOptions = EvaluationModel & {
  readonly indexDir: string
  readonly cacheDir: string
  /** Embed every question again instead of using cached vectors: for timings. */
  readonly fresh?: boolean
  readonly onProgress?: (what: string, done: number, total: number) => void
}

export type Evaluation = {
  readonly snapshot: Snapshot
  /** Measures only the ranking: without abstention. */
  askOpen(questions: readonly Question[]): Promise<AskedQuestion[]>
  /** With abstention as shipped, and with the default request of a caller. */
  askShipped(questions: readonly Question[]): Promise<AskedQuestion[]>
  /** Like `askOpen`, with one part removed. */
  askWithout(ablation: Ablation, questions: readonly Question[]): Promise<AskedQuestion[]>
  readonly ablations: readonly Ablation[]
  close(): Promise<void>
}

/** The configured model; its weights are checked against their checksums before they embed anything. */
export async function evaluationModel(
  config: Pick<Config, 'MODEL_DIR' | 'MODEL_THREADS'>,
): Promise<EvaluationModel> {
  const folder = await openModelFolder(config.MODEL_DIR)
  return {
    folder,
    async openEmbedder() {
      await folder.verify()
      return createEmbeddingPool(folder, {
        sessions: 1,
        threads: config.MODEL_THREADS,
      })
    },
    async openPool() {
      await folder.verify()
      return createEmbeddingPool(folder, { sessions: availableParallelism() })
    },
  }
}

/** Throws `evaluation_invalid` for an index without passages, `index_mismatch` for one of another model. */
export async function openEvaluation(options: EvaluationOptions): Promise<Evaluation> {
  const { folder, cacheDir } = options
  const files = createNodeFiles()
  const snapshot = await readSnapshot(files, options.indexDir)
  if (snapshot.passages.length === 0) {
    throw new RetrievalError(
      'evaluation_invalid',
      `the index in ${options.indexDir} has no passages, so every measure would be 0: ${REBUILD}`,
    )
  }
  if (folder.fingerprint !== snapshot.manifest.embedder) {
    throw new RetrievalError(
      'index_mismatch',
      `the index in ${options.indexDir} was built with another model: ${REBUILD}`,
    )
  }
  const embedder = await createQuestionEmbedder(folder, options.openEmbedder, options)
  let pool: Embedder | undefined
  const full = {
    embedder,
    vectorIndex: createFlatIndex({ ...snapshot.vectors, facets: facetsOf(snapshot) }),
    baseUrl: BASE_URL,
    notice: (message: string) => {
      throw new RetrievalError('evaluation_invalid', message)
    },
  }
  const embedPassages = async (passages: Parameters<typeof passageVectors>[0]) => {
    const described = { fingerprint: folder.fingerprint, dimensions: folder.model.dimensions }
    return passageVectors(passages, {
      cache: await openEmbeddingCache(files, cacheDir, described, 'passage'),
      openEmbedder: async () => {
        pool ??= await options.openPool()
        return pool
      },
      onProgress: (done, total) => options.onProgress?.('passages of an ablation', done, total),
    })
  }
  const progress = (what: string) => ({
    onProgress: (done: number, total: number) => options.onProgress?.(what, done, total),
  })
  return {
    snapshot,
    ablations: ABLATIONS,
    askOpen: (questions) =>
      askQuestions(
        searchableIndex(snapshot, { ...full, calibration: OPEN_GATE }),
        questions,
        progress('asking'),
      ),
    askShipped: (questions) =>
      askQuestions(searchableIndex(snapshot, full), questions, {
        ...progress('asking, as shipped'),
        defaults: true,
      }),
    async askWithout(ablation, questions) {
      const {
        snapshot: changed,
        withoutModel,
        ...parts
      } = await ablation.make(snapshot, embedPassages)
      const service = searchableIndex(changed, {
        ...full,
        ...parts,
        calibration: OPEN_GATE,
        ...(withoutModel ? { embedder: undefined } : {}),
      })
      return askQuestions(service, questions, progress(ablation.name))
    },
    async close() {
      await embedder.close()
      await pool?.close()
    },
  }
}
