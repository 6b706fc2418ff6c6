/** The input of every system: documents, queries and judgments of a BEIR folder, and their vectors from the bundled model. */
import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createNodeFiles } from '../../dist/src/engine/adapters/files/node-fs.js'
import { embedTexts } from '../../dist/src/engine/indexing/embed-texts.js'
import { openEmbeddingCache } from '../../dist/src/engine/indexing/embedding-cache.js'
import { parseConfig } from '../../dist/src/start/config.js'
import { createEmbeddingPool } from '../../dist/src/start/embedding-pool.js'
import { openModelFolder } from '../../dist/src/start/model-folder.js'
import { rankBeirFolder } from '../../dist/workshop/evaluation/asking/beir-ranking.js'

const CACHE_DIR = fileURLToPath(new URL('../../.cache/embeddings', import.meta.url))

export async function openMaterial(dir) {
  const folder = await openModelFolder(parseConfig(process.env).MODEL_DIR)
  let pool
  const openEmbedder = async () => {
    await folder.verify()
    pool ??= await createEmbeddingPool(folder, { sessions: availableParallelism() })
    return pool
  }
  const embedding = async (kind) => {
    const embedder = { fingerprint: folder.fingerprint, dimensions: folder.model.dimensions }
    return {
      kind,
      openEmbedder,
      cache: await openEmbeddingCache(createNodeFiles(), CACHE_DIR, embedder, kind),
    }
  }
  try {
    const run = await rankBeirFolder(dir, {
      system: 'hybrid',
      split: 'all',
      chunk: false,
      folder,
      cacheDir: CACHE_DIR,
      openEmbedder,
    })
    const documents = run.set.documents.map(({ id, title, text }) => ({
      id,
      title,
      text,
      whole: title ? `${title}\n\n${text}` : text,
    }))
    const texts = documents.map(({ whole }) => whole)
    const asked = run.set.queries.map(({ text }) => text)
    const passages = await embedding('passage')
    const { vectors } = await embedTexts(texts, passages)
    const queries = await embedTexts(asked, await embedding('query'))
    return {
      name: basename(dir),
      /** The documents' language, as the service detects it. */
      language: run.language,
      dimensions: folder.model.dimensions,
      documents: documents.map((document, i) => ({ ...document, vector: vectors[i] })),
      queries: run.set.queries.map((query, i) => ({ ...query, vector: queries.vectors[i] })),
      qrels: run.set.qrels,
      /** What `npm run eval:beir` scores. */
      rankings: run.rankings,
      passages,
    }
  } finally {
    await pool?.close()
  }
}
