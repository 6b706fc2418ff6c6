/**
 * Bounded fusion: cosine (less its language's shift) + weight * lexical evidence. The evidence is a share of the highest
 * lexical score that any text could reach for the question. A question that shares few words with the corpus therefore
 * gets little from the lexical side, which fusion by rank would throw away.
 */
import type { Language } from '../core/language.ts'
import type { LexicalHit } from '../core/lexical-index.ts'
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
  /** The cosine less the question's mean cosine with the passages of the same language; 0 without a vector. */
  readonly lift: number
  /** What is taken off the cosine for its language. */
  readonly shift: number
  readonly bm25: number
  /** The highest BM25 that any text of the passage's language could reach. */
  readonly upperBound: number
  /** Character n-grams: their score as a share (0 to 1) of the highest possible. */
  readonly ngramShare: number
  /** Words' and n-grams' mean share (0 to 1) of the highest score that any text could reach. */
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
  /** Best first, and the scores of further passages that dense search proposes. */
  readonly lexical: {
    readonly best: readonly LexicalHit[]
    readonly also: readonly LexicalHit[]
    readonly upperBound: Readonly<Record<Language, number>>
  }
  /** Absent when the model is missing: evidence alone then ranks. */
  readonly dense?: DenseResult
  readonly weight?: number
}

/** The union of both results, both scores for each passage; best first, ties by passage id. Unknown ids are left out. */
export function fuse<P extends FusionPassage>(input: FusionInput<P>): Candidate<P>[] {
  const { passages, lexical, dense, weight = LEXICAL_WEIGHT } = input
  const denseRanks = toRanks(dense?.nearest ?? [], passages)
  const lexicalRanks = toRanks(lexical.best, passages)
  const cosines = new Map<string, number>()
  for (const { id, similarity } of dense?.also ?? []) cosines.set(id, similarity)
  for (const { id, similarity } of dense?.nearest ?? []) cosines.set(id, similarity)
  const lexicalHits = new Map<string, LexicalHit>()
  for (const hit of lexical.best) lexicalHits.set(hit.id, hit)
  for (const hit of lexical.also) lexicalHits.set(hit.id, hit)

  const candidates: Candidate<P>[] = []
  for (const id of new Set([...denseRanks.keys(), ...lexicalRanks.keys()])) {
    const passage = passages.get(id)
    if (!passage) continue
    const { bm25, ngramShare, evidence, coverage } = lexicalHits.get(id) ?? NO_MATCH
    const { mean, shift } = dense?.baselines.get(passage.language) ?? NO_BASELINE
    const cosine = cosines.get(id) ?? 0
    candidates.push({
      passage,
      cosine,
      lift: dense ? cosine - mean : 0,
      shift,
      bm25,
      upperBound: lexical.upperBound[passage.language],
      ngramShare,
      evidence,
      coverage,
      fused: dense ? cosine - shift + weight * evidence : evidence,
      denseRank: denseRanks.get(id) ?? null,
      lexicalRank: lexicalRanks.get(id) ?? null,
    })
  }
  return candidates.sort(byScore)
}

const NO_MATCH = { bm25: 0, ngramShare: 0, evidence: 0, coverage: 0 }
const NO_BASELINE = { mean: 0, shift: 0 }

/** Rank from 1 of each known id. */
function toRanks(
  hits: readonly { readonly id: string }[],
  passages: ReadonlyMap<string, FusionPassage>,
): Map<string, number> {
  const ranks = new Map<string, number>()
  for (const { id } of hits) if (passages.has(id)) ranks.set(id, ranks.size + 1)
  return ranks
}

export function byScore(a: Candidate<FusionPassage>, b: Candidate<FusionPassage>): number {
  return b.fused - a.fused || (a.passage.id < b.passage.id ? -1 : 1)
}
