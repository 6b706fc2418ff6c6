/** Candidates made by hand, for the steps after the ranking. */
import type { Passage } from '../../../src/engine/core/passage.ts'
import type { Candidate } from '../../../src/engine/search/fusion.ts'

export function candidate(
  fused: number,
  passage: Partial<Passage> & Pick<Passage, 'id'>,
): Candidate {
  return {
    passage: {
      guideId: 'guide',
      language: 'en',
      anchor: passage.id,
      headingPath: [],
      start: 0,
      end: 1,
      text: `Only ${passage.id} says this about ${passage.id} and ${passage.id}.`,
      tokens: 10,
      context: '',
      sources: [],
      fragment: { start: 'x' },
      ...passage,
    },
    cosine: fused,
    lift: 0,
    shift: 0,
    bm25: 0,
    upperBound: 1,
    ngramShare: 0,
    evidence: 0,
    coverage: 0,
    fused,
    denseRank: 1,
    lexicalRank: null,
  }
}
