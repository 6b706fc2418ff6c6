/**
 * Dense search that compares languages fairly. A question is nearer to every text of its own language than to texts of
 * another, so each cosine is compared after subtracting how near the question is to that language as a whole. In a corpus of
 * one language nothing changes.
 */
import type { Language } from '../core/language.ts'
import type { LanguageMeans } from '../core/language-means.ts'
import { dot, meanVector } from '../core/vector.ts'
import type { VectorHit, VectorIndex, VectorSearch } from '../core/vector-index.ts'

/** How near a question is to one language as a whole. */
export type LanguageBaseline = {
  /** The question's mean cosine with the passages of the language. */
  readonly mean: number
  /** That mean minus the mean over all languages: what is subtracted from a cosine before languages are compared. */
  readonly shift: number
}

export type DenseResult = {
  /** The k nearest by cosine minus shift, ties by id. */
  readonly nearest: readonly VectorHit[]
  /** The cosines of the ids in `also` that are known. */
  readonly also: readonly VectorHit[]
  readonly baselines: ReadonlyMap<Language, LanguageBaseline>
}

export type DenseSearch = (vector: Float32Array, search: VectorSearch) => Promise<DenseResult>

/** `languageOf` returns undefined for an id that must not be returned. */
export function createDenseSearch(
  vectorIndex: VectorIndex,
  means: LanguageMeans,
  languageOf: (id: string) => Language | undefined,
): DenseSearch {
  const present = Object.entries(means).map(([language, mean]) => ({ language, mean }))
  const overall = meanVector(
    present.map(({ mean }) => mean),
    vectorIndex.dimensions,
  )
  const baselinesOf = (vector: Float32Array) => {
    const level = dot(overall, vector)
    return new Map(
      present.map(({ language, mean }): [Language, LanguageBaseline] => {
        const similarity = dot(mean, vector)
        return [language, { mean: similarity, shift: similarity - level }]
      }),
    )
  }
  return async (vector, search) => {
    const { k } = search
    // Deep enough that the question's own language, which is nearer as a whole, does not fill the list alone.
    const answer = await vectorIndex.search(vector, {
      ...search,
      k: k * Math.max(1, present.length),
    })
    const baselines = baselinesOf(vector)
    // Within each language the hits are in order already, so the sort below only merges.
    const byLanguage = new Map<Language, Shifted[]>()
    for (const hit of answer.nearest) {
      const language = languageOf(hit.id)
      if (language === undefined) continue
      const value = hit.similarity - (baselines.get(language)?.shift ?? 0)
      const known = byLanguage.get(language)
      if (known) known.push({ hit, value })
      else byLanguage.set(language, [{ hit, value }])
    }
    const shifted = [...byLanguage.values()]
      .flat()
      .sort((a, b) => b.value - a.value || (a.hit.id < b.hit.id ? -1 : 1))
    return { nearest: shifted.slice(0, k).map(({ hit }) => hit), also: answer.also, baselines }
  }
}

type Shifted = { readonly hit: VectorHit; readonly value: number }
