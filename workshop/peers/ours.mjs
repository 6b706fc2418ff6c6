/** The service's own ranking, composed and checked as in `rankBeirFolder`, so that a single question can be timed. */
import { createFlatIndex } from '../../dist/src/engine/adapters/vector-indexes/flat.js'
import { toLanguageMeans } from '../../dist/src/engine/core/language-means.js'
import { passageVectors } from '../../dist/src/engine/indexing/passage-vectors.js'
import { PROFILES } from '../../dist/src/engine/languages/registry.js'
import { buildLexicalSnapshot, createLexicalIndex } from '../../dist/src/engine/lexical/bm25.js'
import { createRanker } from '../../dist/src/engine/search/ranker.js'

export const OURS = 'nss-copilot'

export async function openOurs({ documents, language, dimensions, passages: embedding, rankings }) {
  const passages = documents.map(({ id, title, whole }) => ({
    id,
    language,
    heading: title,
    text: whole,
  }))
  const { vectors } = await passageVectors(passages, embedding)
  const data = new Float32Array(passages.length * dimensions)
  for (const [i, vector] of vectors.entries()) data.set(vector, i * dimensions)
  let vector
  const table = { ids: passages.map(({ id }) => id), dimensions, data }
  const facets = passages.map(({ id }) => ({ id, language, guideId: id, authorities: [] }))
  const ranker = createRanker({
    passages,
    vectorIndex: createFlatIndex({ ...table, facets }),
    languageMeans: toLanguageMeans(
      table,
      passages.map((passage) => passage.language),
    ),
    lexicalIndex: createLexicalIndex(buildLexicalSnapshot(passages, PROFILES), {
      languages: PROFILES,
      documents: passages,
    }),
    embedder: { embed: async () => [vector] },
  })
  return {
    name: OURS,
    async rank(query) {
      vector = query.vector
      const { candidates } = await ranker.rank(query.text)
      const ids = candidates.map(({ passage }) => passage.id)
      const expected = rankings.get(query.id) ?? []
      if (expected.slice(0, 10).some(({ id }, i) => id !== ids[i]))
        throw new Error(
          `ours.mjs ranks ${query.id} differently from rankBeirFolder: update ours.mjs`,
        )
      return ids
    },
  }
}
