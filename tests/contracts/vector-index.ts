/** The contract of every vector index, in process or remote. */
import { describe, expect } from 'vitest'
import { createFlatIndex } from '../../src/engine/adapters/vector-indexes/flat.ts'
import { matchesFilter, type PassageFilter } from '../../src/engine/core/passage-filter.ts'
import type { VectorIndex, VectorIndexInput } from '../../src/engine/core/vector-index.ts'
import { clusteredTable, facetsFor, recallAt10, unitVector } from '../fixtures/vectors.ts'
import { createChecks, type Skip } from './suite.ts'

type VectorIndexSubject = {
  readonly name: string
  readonly create: (input: VectorIndexInput) => VectorIndex | Promise<VectorIndex>
  /** Saved and loaded again, whatever that means for the adapter. */
  readonly reload: (input: VectorIndexInput) => VectorIndex | Promise<VectorIndex>
  readonly skip?: readonly Skip[]
}

const DIMENSIONS = 16
const withData = (data: Float32Array, ids: readonly string[]): VectorIndexInput => ({
  ids,
  dimensions: DIMENSIONS,
  data,
  facets: facetsFor(ids),
})
const EMPTY = withData(new Float32Array(), [])

const FILTERS: readonly PassageFilter[] = [
  { languages: ['es'] },
  { languages: ['en', 'es'] },
  { guides: ['g1', 'g4'] },
  { authorities: ['official'] },
  { authorities: ['law', 'official'] },
  { languages: ['en'], guides: ['g2', 'g3', 'g5'], authorities: ['secondary'] },
]

export function testVectorIndex(subject: VectorIndexSubject): void {
  const { create } = subject
  const table = clusteredTable({ count: 60, dimensions: DIMENSIONS, seed: 7 })
  const rowAt = (i: number) => table.data.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS)
  const idAt = (i: number) => table.ids[i] ?? ''
  const nearestIds = async (index: VectorIndex, question: Float32Array, k: number) =>
    (await index.search(question, { k })).nearest.map((hit) => hit.id)
  const { check, done } = createChecks(subject.skip)

  describe(`the ${subject.name} vector index`, () => {
    check('has a name', async () => {
      expect((await create(table)).kind).not.toBe('')
    })

    check('answers nothing from an empty index', async () => {
      const index = await create(EMPTY)
      expect(index.size).toBe(0)
      const question = unitVector(DIMENSIONS, 1)
      const answer = await index.search(question, { k: 5, also: ['nobody'] })
      expect(answer).toEqual({ nearest: [], also: [] })
      expect((await index.vectors(['nobody'])).size).toBe(0)
    })

    check('gives everything when k is above its size and nothing for k of 0', async () => {
      const index = await create(table)
      expect(index.size).toBe(60)
      expect(index.dimensions).toBe(DIMENSIONS)
      expect((await nearestIds(index, rowAt(0), 500)).sort()).toEqual([...table.ids].sort())
      expect(await nearestIds(index, rowAt(0), 0)).toEqual([])
    })

    check('finds a vector itself first, under its own id', async () => {
      const index = await create(table)
      for (const [i, id] of table.ids.entries()) {
        const [first] = (await index.search(rowAt(i), { k: 1 })).nearest
        expect(first?.id).toBe(id)
        expect(first?.similarity).toBeCloseTo(1, 4)
      }
    })

    check('gives similarities that descend and lie within 1e-4 of flat', async () => {
      const index = await create(table)
      const exact = createFlatIndex(table)
      for (let seed = 0; seed < 20; seed++) {
        const question = unitVector(DIMENSIONS, seed)
        const { nearest } = await index.search(question, { k: 10 })
        const similarities = nearest.map((hit) => hit.similarity)
        expect(similarities).toEqual([...similarities].sort((a, b) => b - a))
        const { also } = await exact.search(question, { k: 0, also: nearest.map(({ id }) => id) })
        expect(also.map(({ id }) => id)).toEqual(nearest.map(({ id }) => id))
        also.forEach(({ similarity }, i) => {
          expect(Math.abs(similarity - (similarities[i] ?? 9))).toBeLessThan(1e-4)
        })
      }
    })

    check('breaks ties by id', async () => {
      const ids = ['d', 'b', 'e', 'a', 'c']
      const same = unitVector(DIMENSIONS, 3)
      const data = new Float32Array(ids.length * DIMENSIONS)
      ids.forEach((_, i) => {
        data.set(same, i * DIMENSIONS)
      })
      const index = await create(withData(data, ids))
      expect(await nearestIds(index, same, 5)).toEqual(['a', 'b', 'c', 'd', 'e'])
    })

    check('returns as many as there are that match a filter, and no others', async () => {
      const index = await create(table)
      const question = unitVector(DIMENSIONS, 5)
      for (const filter of FILTERS) {
        const matching = table.facets.filter((facets) => matchesFilter(facets, filter))
        expect(matching.length).toBeGreaterThan(2)
        const all = await index.search(question, { k: 500, filter })
        expect(all.nearest.map(({ id }) => id).sort()).toEqual(matching.map(({ id }) => id).sort())
        const two = await index.search(question, { k: 2, filter })
        expect(two.nearest).toEqual(all.nearest.slice(0, 2))
      }
      const none = await index.search(question, { k: 5, filter: { guides: ['nothing'] } })
      expect(none.nearest).toEqual([])
    })

    check(
      'gives the exact similarity of further ids, in their order, whatever k and filter',
      async () => {
        const index = await create(table)
        const also = [idAt(9), 'nobody', idAt(4), idAt(30)]
        for (const filter of [undefined, ...FILTERS]) {
          for (const k of [0, 3, 500]) {
            const answer = await index.search(rowAt(4), { k, filter, also })
            expect(answer.also.map(({ id }) => id)).toEqual([idAt(9), idAt(4), idAt(30)])
            expect(answer.also[1]?.similarity).toBeCloseTo(1, 5)
            for (const { id, similarity } of answer.also) {
              const row = rowAt(table.ids.indexOf(id))
              const expected = row.reduce((sum, value, i) => sum + value * (rowAt(4)[i] ?? 0), 0)
              expect(similarity).toBeCloseTo(expected, 5)
            }
          }
        }
      },
    )

    check('gives back the vectors that it was made from', async () => {
      const index = await create(table)
      const vectors = await index.vectors([idAt(3), 'nobody', idAt(8)])
      expect([...vectors.keys()]).toEqual([idAt(3), idAt(8)])
      vectors.get(idAt(8))?.forEach((value, i) => {
        expect(value).toBeCloseTo(rowAt(8)[i] ?? 9, 5)
      })
    })

    check('rejects a question of other dimensions or with NaN', async () => {
      const index = await create(table)
      const broken = unitVector(DIMENSIONS, 1)
      broken[5] = Number.NaN
      for (const question of [new Float32Array(DIMENSIONS + 1), broken]) {
        const search = index.search(question, { k: 3 })
        await expect(search).rejects.toMatchObject({ code: 'vector_invalid' })
      }
    })

    check('stops when the signal is aborted, and not because of one that is not', async () => {
      const index = await create(table)
      const { signal } = new AbortController()
      expect((await index.search(rowAt(0), { k: 1, signal })).nearest[0]?.id).toBe(idAt(0))
      const aborted = AbortSignal.abort()
      const calls = [
        index.search(rowAt(0), { k: 1, signal: aborted }),
        index.vectors([idAt(0)], { signal: aborted }),
      ]
      for (const call of calls) await expect(call).rejects.toMatchObject({ code: 'aborted' })
    })

    check(
      'answers questions that are asked at the same time as it answers each alone',
      async () => {
        const index = await create(table)
        const questions = Array.from({ length: 20 }, (_, seed) => unitVector(DIMENSIONS, seed))
        const ask = (question: Float32Array, i: number) =>
          index.search(question, { k: 1 + i, filter: FILTERS[i % FILTERS.length] })
        const together = await Promise.all(questions.map(ask))
        for (const [i, question] of questions.entries())
          expect(together[i]).toEqual(await ask(question, i))
      },
    )

    check('refuses NaN, a repeated id, missing numbers and facets of other ids', async () => {
      const build = async (bad: VectorIndexInput) => create(bad)
      const nan = unitVector(DIMENSIONS, 1)
      nan[0] = Number.NaN
      const two = new Float32Array(2 * DIMENSIONS).fill(0.25)
      for (const bad of [
        withData(nan, ['a']),
        withData(two, ['a', 'a']),
        withData(two, ['a']),
        withData(two.subarray(1), ['a', 'b']),
        { ...withData(two, ['a', 'b']), facets: facetsFor(['b', 'a']) },
        { ...withData(two, ['a', 'b']), facets: facetsFor(['a']) },
      ]) {
        await expect(build(bad)).rejects.toMatchObject({ code: 'vector_invalid' })
      }
    })

    check('gives the same answers after it was saved and loaded', async () => {
      const [index, loaded] = [await create(table), await subject.reload(table)]
      for (let seed = 0; seed < 10; seed++) {
        const question = unitVector(DIMENSIONS, 100 + seed)
        for (const filter of [undefined, ...FILTERS]) {
          const search = { k: 10, filter, also: [idAt(seed)] }
          expect(await loaded.search(question, search)).toEqual(
            await index.search(question, search),
          )
        }
      }
    })

    check('reaches recall@10 of 0.95 against flat, filtered or not', async () => {
      const large = clusteredTable({ count: 2500, dimensions: 32, seed: 20 })
      const [index, exact] = [await create(large), createFlatIndex(large)]
      for (const filter of [undefined, ...FILTERS]) {
        const questions = filter ? 15 : 50
        const recall = await recallAt10(index, exact, questions, filter)
        expect(recall).toBeGreaterThanOrEqual(0.95)
      }
    })
    done()
  })
}
