/**
 * Bounded fusion: cosine - shift of its language + weight * lexical evidence. The evidence is a share of the highest
 * lexical score that any text could reach for the question. A question that shares few words with the corpus therefore
 * gets little from the lexical side; fusion by rank would lose that distinction.
 */
import type { Language } from '../core/language.ts'
import { type LexicalHit, NO_MATCH } from '../core/lexical-index.ts'
import type { Passage } from '../core/passage.ts'
import type { DenseResult } from './dense-search.ts'

/**
 * What a full lexical match adds to a cosine; cosines of one question's candidates lie within about 0.15. Chosen on the dev
 * halves of XQuAD (en-en, es-es, es-en), SciFact and StackFAQ: `npm run eval:beir -- DIR... --split dev`.
 */
export const LEXICAL_WEIGHT = 0.16

/** What ranking needs to know of a passage. */
export type FusionPassage = Pick<Passage, 'id' | 'language'>

export type Candidate<P extends FusionPassage = Passage> = {
  readonly passage: P
  readonly cosine: number
  /** The cosine minus the question's mean cosine with the passages of the same language; 0 without a vector. */
  readonly lift: number
  /** What is subtracted from the cosine for the passage's language. */
  readonly shift: number
  readonly bm25: number
  /** The highest BM25 that any text of the passage's language could reach. */
  readonly upperBound: number
  /** Character n-grams: their score as a share (0 to 1) of the highest possible. */
  readonly ngramShare: number
  /** Mean of two shares, for words and for n-grams: the score over the highest that any text could reach. 0 to 1. */
  readonly evidence: number
  /** Share (0 to 1) of the question's terms, weighted by idf, that the passage contains. */
  readonly coverage: number
  readonly fused: number
  /** 1-based; null where the search did not propose the passage. */
  readonly denseRank: number | null
  readonly lexicalRank: number | null
}

export type FusionInput<P extends FusionPassage> = {
  readonly passages: ReadonlyMap<string, P>
  /** `best` is best first; `also` has the scores of the passages that only dense search proposes. */
  readonly lexical: {
    readonly best: readonly LexicalHit[]
    readonly also: readonly LexicalHit[]
    readonly upperBound: Readonly<Record<Language, number>>
  }
  /** Absent when the model is missing: the ranking then goes by evidence alone. */
  readonly dense?: DenseResult
  readonly weight?: number
}

/** The union of both results, with both scores for each passage; best first, ties by passage id. Unknown ids are left out. */
export function fuse<P extends FusionPassage>(input: FusionInput<P>): Candidate<P>[] {
  const { lexical, dense, weight = LEXICAL_WEIGHT } = input
  const candidates: Candidate<P>[] = []
  for (const proposal of collectProposals(input).values()) {
    const { passage, cosine, denseRank, lexicalRank } = proposal
    const { bm25, ngramShare, evidence, coverage } = proposal.words
    const { mean, shift } = dense?.baselines.get(passage.language) ?? NO_BASELINE
    candidates.push({
      passage,
      cosine,
      lift: dense ? cosine - mean : 0,
      shift,
      bm25,
      upperBound: lexical.upperBound[passage.language] ?? 0,
      ngramShare,
      evidence,
      coverage,
      fused: dense ? cosine - shift + weight * evidence : evidence,
      denseRank,
      lexicalRank,
    })
  }
  return candidates.sort(byScore)
}

const NO_BASELINE = { mean: 0, shift: 0 }

/** A passage that at least one search proposes, and what each search found. */
type Proposal<P> = {
  readonly passage: P
  words: Omit<LexicalHit, 'id'>
  cosine: number
  denseRank: number | null
  lexicalRank: number | null
}

function collectProposals<P extends FusionPassage>({
  passages,
  lexical,
  dense,
}: FusionInput<P>): Map<string, Proposal<P>> {
  const proposals = new Map<string, Proposal<P>>()
  const propose = (id: string): Proposal<P> | undefined => {
    const known = proposals.get(id)
    const passage = known ? undefined : passages.get(id)
    if (!passage) return known
    const added = { passage, words: NO_MATCH, cosine: 0, denseRank: null, lexicalRank: null }
    proposals.set(id, added)
    return added
  }
  let rank = 0
  for (const hit of lexical.best) {
    const proposal = propose(hit.id)
    if (!proposal) continue
    proposal.words = hit
    proposal.lexicalRank = ++rank
  }
  rank = 0
  for (const { id, similarity } of dense?.nearest ?? []) {
    const proposal = propose(id)
    if (!proposal) continue
    proposal.cosine = similarity
    proposal.denseRank = ++rank
  }
  for (const hit of lexical.also) {
    const proposal = proposals.get(hit.id)
    if (proposal) proposal.words = hit
  }
  for (const { id, similarity } of dense?.also ?? []) {
    const proposal = proposals.get(id)
    if (proposal && proposal.denseRank === null) proposal.cosine = similarity
  }
  return proposals
}

export function byScore(a: Candidate<FusionPassage>, b: Candidate<FusionPassage>): number {
  return b.fused - a.fused || (a.passage.id < b.passage.id ? -1 : 1)
}
