import { describe, expect, it } from 'vitest'
import { createFlatIndex } from '../../../src/engine/adapters/vector-indexes/flat.ts'
import { toLanguageMeans } from '../../../src/engine/core/language-means.ts'
import { createDenseSearch } from '../../../src/engine/search/dense-search.ts'

/** English vectors lie near the first axis and Spanish ones near the second; the third tells them apart inside. */
const ITEMS = [
  { id: 'en-near', language: 'en', vector: [0.6, 0, 0.8] },
  { id: 'en-far', language: 'en', vector: [1, 0, 0] },
  { id: 'es-near', language: 'es', vector: [0, 0.6, 0.8] },
  { id: 'es-far', language: 'es', vector: [0, 1, 0] },
] as const
const table = {
  ids: ITEMS.map(({ id }) => id),
  dimensions: 3,
  data: Float32Array.from(ITEMS.flatMap(({ vector }) => vector)),
}
const facets = ITEMS.map(({ id, language }) => ({ id, language, guideId: id, authorities: [] }))
const means = toLanguageMeans(
  table,
  ITEMS.map(({ language }) => language),
)
const languageOf = (id: string) => ITEMS.find((item) => item.id === id)?.language
const search = createDenseSearch(createFlatIndex({ ...table, facets }), means, languageOf)
const ENGLISH = Float32Array.of(0.8, 0, 0.6)

describe('the mean vectors of languages', () => {
  it('are computed from the rows of each language, and are missing for a language without rows', () => {
    expect(means.en).toEqual(Float32Array.of(0.8, 0, 0.4))
    expect(toLanguageMeans({ ...table, ids: [], data: new Float32Array() }, [])).toEqual({})
  })
})

describe('dense search', () => {
  it('compares languages after subtracting how near the question is to each as a whole', async () => {
    const { nearest, baselines } = await search(ENGLISH, { k: 4 })
    expect(nearest.map(({ id }) => id)).toEqual(['es-near', 'en-near', 'en-far', 'es-far'])
    const en = baselines.get('en')
    expect(en?.mean).toBeCloseTo(0.88, 6)
    expect(en?.shift).toBeCloseTo(0.88 - (0.88 + 0.24) / 2, 6)
  })

  it('returns k hits over all languages, with their unshifted cosines', async () => {
    const { nearest } = await search(ENGLISH, { k: 2 })
    expect(nearest).toEqual([
      { id: 'es-near', similarity: expect.closeTo(0.48, 6) },
      { id: 'en-near', similarity: expect.closeTo(0.96, 6) },
    ])
  })

  it('passes the filter, the additional ids and the signal on to the index', async () => {
    const filter = { languages: ['en'] } as const
    const { nearest, also } = await search(ENGLISH, { k: 4, filter, also: ['es-far'] })
    expect(nearest.map(({ id }) => id)).toEqual(['en-near', 'en-far'])
    expect(also).toEqual([{ id: 'es-far', similarity: 0 }])
    const aborted = search(ENGLISH, { k: 4, signal: AbortSignal.abort() })
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' })
  })

  it('leaves out what the index holds and the library does not', async () => {
    const index = createFlatIndex({ ...table, facets })
    const without = createDenseSearch(index, means, (id) =>
      id === 'en-near' ? undefined : languageOf(id),
    )
    const { nearest } = await without(ENGLISH, { k: 4 })
    expect(nearest.map(({ id }) => id)).toEqual(['es-near', 'en-far', 'es-far'])
  })
})
