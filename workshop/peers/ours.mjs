/** The service's own ranking, composed and checked as by `rankBeirFolder`, so that a single question can be timed. */
import { passageVectors } from '../../dist/src/engine/indexing/passage-vectors.js'
import { createCollectionRanker } from '../../dist/workshop/evaluation/asking/collection-ranker.js'

export const OURS = 'nss-copilot'

export async function openOurs({ documents, language, dimensions, passages: embedding, rankings }) {
  const passages = documents.map(({ id, title, whole }) => ({
    id,
    language,
    heading: title,
    text: whole,
    document: id,
  }))
  const { vectors } = await passageVectors(passages, embedding)
  let vector
  const ranker = createCollectionRanker(passages, vectors, {
    dimensions,
    embed: async () => [vector],
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
