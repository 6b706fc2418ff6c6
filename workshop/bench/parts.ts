/** Measures a question in process: the whole retriever and each of its parts, on the same questions. */
import { createFlatIndex } from '../../src/engine/adapters/vector-indexes/flat.ts'
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { facetsOf } from '../../src/engine/core/passage-filter.ts'
import { type RetrievalRequest, retrievalRequestSchema } from '../../src/engine/core/retrieval.ts'
import { lexicalDocuments } from '../../src/engine/indexing/lexical-documents.ts'
import { PROFILES } from '../../src/engine/languages/registry.ts'
import { createLexicalIndex } from '../../src/engine/lexical/bm25.ts'
import { CANDIDATES } from '../../src/engine/search/ranker.ts'
import type { Config } from '../../src/start/config.ts'
import { loadService } from '../../src/start/load-service.ts'
import { type BenchRow, formatMs, formatSpread, median, timeInTurns } from './timing.ts'

export async function benchParts(
  config: Config,
  questions: readonly string[],
): Promise<BenchRow[]> {
  const service = await loadService({ ...config, baseUrl: 'http://localhost', notice: () => {} })
  // The service's own embedder: threads of a second session would compete with the one that is timed.
  const { embedder, retriever } = service
  const { snapshot } = service.current()
  if (!embedder)
    throw new RetrievalError('model_unavailable', `no model in ${config.MODEL_DIR} to time`)
  const flat = createFlatIndex({ ...snapshot.vectors, facets: facetsOf(snapshot) })
  const lexical = createLexicalIndex(snapshot.lexical, {
    languages: PROFILES,
    documents: lexicalDocuments(snapshot.passages, snapshot.guides, PROFILES),
  })
  try {
    const queries: { query: string; vector: Float32Array; request: RetrievalRequest }[] = []
    for (const query of questions) {
      const [vector = new Float32Array()] = await embedder.embed([query], 'query')
      const request = retrievalRequestSchema.parse({ query })
      // Warms up what is timed below.
      await retriever.retrieve(request)
      queries.push({ query, vector, request })
    }
    const over = (task: (one: (typeof queries)[number]) => unknown) => (item: number) => {
      const one = queries[item]
      return one && task(one)
    }
    const times = await timeInTurns(
      {
        embed: over(({ query }) => embedder.embed([query], 'query')),
        retrieve: over(({ request }) => retriever.retrieve(request)),
        lexical: over(({ query }) => lexical.query(query).search({ k: CANDIDATES })),
        vector: over(({ vector }) => flat.search(vector, { k: CANDIDATES })),
      },
      queries.length,
    )
    return [
      ['questions', String(queries.length)],
      ['retrieve p50 / p95', formatSpread(times.retrieve)],
      ['embedding call alone p50', formatMs(median(times.embed))],
      ['retrieve / embedding call', (median(times.retrieve) / median(times.embed)).toFixed(2)],
      ['lexical search alone p50', formatMs(median(times.lexical))],
      ['vector search alone p50', formatMs(median(times.vector))],
    ]
  } finally {
    await service.close()
  }
}
