/**
 * Bounded fusion: cosine (read against its language) + weight * lexical evidence. The evidence is a share of the highest lexical score that any text
 * could reach for the question, so a question that shares few words with the corpus gives the lexical side little say;
 * fusion by rank would throw that away.
 */
import type { Language } from '../core/language.ts'
import type { LexicalQuery } from '../core/lexical-index.ts'
import type { Passage } from '../core/passage.ts'
import { dot } from '../core/vector.ts'
import type { VectorHit, VectorIndex } from '../core/vector-index.ts'

/** What a full lexical match adds to a cosine; chosen on the dev halves of five public sets. Cosines of one question's candidates lie within about 0.15. */
export const LEXICAL_WEIGHT = 0.16
/** Candidates per side; below this depth nothing reached the first ten on the public sets. */
export const CANDIDATES = 200

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
  readonly upperBound: number
  /** Character n-grams' share of their bound. */
  readonly ngramShare: number
  /** Words' and n-grams' share of what any text could show. */
  readonly evidence: number
  readonly coverage: number
  readonly fused: number
  readonly denseRank: number | null
  readonly lexicalRank: number | null
}

/**
 * A question is nearer to every text of its own language than to any of the other. Each cosine is therefore read against
 * the question's mean cosine with the passages of that language; in a corpus of one language nothing changes.
 */
export type LanguageMeans = {
  readonly byLanguage: ReadonlyMap<Language, Float32Array>
  readonly all: Float32Array
}

export type FusionInput<P extends FusionPassage> = {
  readonly lexical: LexicalQuery
  readonly vectorIndex: VectorIndex
  /** Absent when the model is missing: the lexical share alone then ranks. */
  readonly vector: Float32Array | undefined
  readonly passages: ReadonlyMap<string, P>
  /** Keeps only the passages it accepts. */
  readonly filter?: (passage: P) => boolean
  readonly languageMeans: LanguageMeans
  readonly weight?: number
}

/** The union of both sides' best, both scores for each, best first, ties by passage id. */
export function fuse<P extends FusionPassage>(input: FusionInput<P>): Candidate<P>[] {
  const { lexical, vector, vectorIndex, passages, filter } = input
  // The best of each side may all be filtered away.
  const depth = filter ? passages.size : CANDIDATES * input.languageMeans.byLanguage.size
  const allowed = (id: string) => {
    const passage = passages.get(id)
    return passage !== undefined && (filter === undefined || filter(passage))
  }
  const offsets = toOffsets(vector, input.languageMeans)
  const nearest = vector ? vectorIndex.search(vector, depth) : []
  const cosines = new Map<string, number>()
  for (const { id, similarity } of nearest) cosines.set(id, similarity)
  const cosineOf = (id: string) =>
    cosines.get(id) ?? (vector && vectorIndex.similarity(vector, id)) ?? 0
  const dense = toRanks(mergeLanguages(nearest, passages, offsets), allowed)
  const words = toRanks(lexical.search(depth), allowed)

  const candidates: Candidate<P>[] = []
  for (const id of new Set([...dense.keys(), ...words.keys()])) {
    const passage = passages.get(id)
    if (!passage) continue
    const cosine = cosineOf(id)
    const { score: bm25, ngramShare, evidence, coverage } = lexical.item(id)
    const { mean, shift } = offsets.get(passage.language) ?? NO_OFFSET
    const weight = input.weight ?? LEXICAL_WEIGHT
    candidates.push({
      passage,
      cosine,
      lift: vector ? cosine - mean : 0,
      shift,
      bm25,
      upperBound: lexical.upperBound[passage.language] ?? 0,
      ngramShare,
      evidence,
      coverage,
      fused: vector ? cosine - shift + weight * evidence : evidence,
      denseRank: dense.get(id) ?? null,
      lexicalRank: words.get(id) ?? null,
    })
  }
  return candidates.sort(byScore)
}

/** Rank from 1 among the first allowed ones. */
function toRanks(
  hits: readonly { readonly id: string }[],
  allowed: (id: string) => boolean,
): Map<string, number> {
  const ranks = new Map<string, number>()
  for (const { id } of hits) {
    if (ranks.size === CANDIDATES) break
    if (allowed(id)) ranks.set(id, ranks.size + 1)
  }
  return ranks
}

/** Hits by cosine less their language's shift, ties by id. */
function mergeLanguages(
  hits: readonly VectorHit[],
  passages: ReadonlyMap<string, FusionPassage>,
  offsets: ReadonlyMap<Language, Offset>,
): VectorHit[] {
  const shifted = hits.map((hit) => {
    const language = passages.get(hit.id)?.language ?? ''
    return { hit, score: hit.similarity - (offsets.get(language) ?? NO_OFFSET).shift }
  })
  shifted.sort((a, b) => b.score - a.score || (a.hit.id < b.hit.id ? -1 : 1))
  return shifted.map(({ hit }) => hit)
}

type Offset = { readonly mean: number; readonly shift: number }
const NO_OFFSET: Offset = { mean: 0, shift: 0 }

function toOffsets(
  vector: Float32Array | undefined,
  { byLanguage, all }: LanguageMeans,
): ReadonlyMap<Language, Offset> {
  if (!vector) return new Map()
  const base = dot(all, vector)
  return new Map(
    [...byLanguage].map(([language, mean]) => {
      const own = dot(mean, vector)
      return [language, { mean: own, shift: own - base }]
    }),
  )
}

export function byScore(a: Candidate<FusionPassage>, b: Candidate<FusionPassage>): number {
  return b.fused - a.fused || (a.passage.id < b.passage.id ? -1 : 1)
}
