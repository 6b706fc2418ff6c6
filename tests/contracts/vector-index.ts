/** The contract of every vector index. */
import { describe, expect } from 'vitest'
import { createFlatIndex } from '../../src/engine/adapters/vector-indexes/flat.ts'
import type { VectorIndex, VectorTable } from '../../src/engine/core/vector-index.ts'
import { clusteredTable, recallAt10, unitVector } from '../fixtures/vectors.ts'
import { createChecks, type Skip } from './suite.ts'

type VectorIndexSubject = {
  readonly name: string
  readonly create: (table: VectorTable) => VectorIndex | Promise<VectorIndex>
  /** Saved and loaded again, whatever that means for the adapter. */
  readonly reload: (table: VectorTable) => VectorIndex | Promise<VectorIndex>
  readonly skip?: readonly Skip[]
}

const DIMENSIONS = 16
const EMPTY: VectorTable = { ids: [], dimensions: DIMENSIONS, data: new Float32Array() }
const withData = (data: Float32Array, ids: readonly string[]): VectorTable => ({
  ids,
  dimensions: DIMENSIONS,
  data,
})

export function testVectorIndex(subject: VectorIndexSubject): void {
  const { create } = subject
  const table = clusteredTable({ count: 60, dimensions: DIMENSIONS, seed: 7 })
  const rowAt = (i: number) => table.data.subarray(i * DIMENSIONS, (i + 1) * DIMENSIONS)
  const { check, done } = createChecks(subject.skip)

  describe(`the ${subject.name} vector index`, () => {
    check('answers nothing from an empty index', async () => {
      const index = await create(EMPTY)
      expect(index.size).toBe(0)
      expect(index.search(unitVector(DIMENSIONS, 1), 5)).toEqual([])
      expect(index.mean(['nobody'])).toEqual(new Float32Array(DIMENSIONS))
    })

    check('gives everything when k is above its size and nothing for k of 0', async () => {
      const index = await create(table)
      expect(index.size).toBe(60)
      expect(index.dimensions).toBe(DIMENSIONS)
      expect(new Set(index.search(rowAt(0), 500).map((hit) => hit.id))).toEqual(new Set(table.ids))
      expect(index.search(rowAt(0), 0)).toEqual([])
    })

    check('finds a vector itself first, under its own id', async () => {
      const index = await create(table)
      for (const [i, id] of table.ids.entries()) {
        const [first] = index.search(rowAt(i), 1)
        expect(first?.id).toBe(id)
        expect(first?.similarity).toBeCloseTo(1, 4)
      }
    })

    check('gives similarities that descend and lie within 1e-4 of flat', async () => {
      const index = await create(table)
      const exact = createFlatIndex(table)
      for (let seed = 0; seed < 20; seed++) {
        const question = unitVector(DIMENSIONS, seed)
        const similarities = index.search(question, 10).map((hit) => hit.similarity)
        expect(similarities).toEqual([...similarities].sort((a, b) => b - a))
        for (const { id, similarity } of index.search(question, 10)) {
          expect(Math.abs(similarity - (exact.similarity(question, id) ?? 9))).toBeLessThan(1e-4)
        }
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
      expect(index.search(same, 5).map((hit) => hit.id)).toEqual(['a', 'b', 'c', 'd', 'e'])
    })

    check('gives the exact similarity of one item, and none of an unknown one', async () => {
      const index = await create(table)
      expect(index.similarity(rowAt(4), table.ids[4] ?? '')).toBeCloseTo(1, 5)
      expect(index.similarity(rowAt(4), 'nobody')).toBeUndefined()
    })

    check('gives the mean of the items that it is asked for', async () => {
      const index = await create(table)
      const ids = [table.ids[3] ?? '', 'nobody', table.ids[8] ?? '']
      index.mean(ids).forEach((value, i) => {
        expect(value).toBeCloseTo(((rowAt(3)[i] ?? 9) + (rowAt(8)[i] ?? 9)) / 2, 5)
      })
    })

    check('refuses a question of other dimensions or with NaN', async () => {
      const index = await create(table)
      const invalid = expect.objectContaining({ code: 'vector_invalid' })
      expect(() => index.search(new Float32Array(DIMENSIONS + 1), 3)).toThrow(invalid)
      const broken = unitVector(DIMENSIONS, 1)
      broken[5] = Number.NaN
      expect(() => index.search(broken, 3)).toThrow(invalid)
    })

    check('refuses a table with NaN, a repeated id or missing numbers', async () => {
      const build = async (bad: VectorTable) => create(bad)
      const nan = unitVector(DIMENSIONS, 1)
      nan[0] = Number.NaN
      const two = new Float32Array(2 * DIMENSIONS).fill(0.25)
      for (const bad of [
        withData(nan, ['a']),
        withData(two, ['a', 'a']),
        withData(two, ['a']),
        withData(two.subarray(1), ['a', 'b']),
      ]) {
        await expect(build(bad)).rejects.toMatchObject({ code: 'vector_invalid' })
      }
    })

    check('gives the same answers after it was saved and loaded', async () => {
      const [index, loaded] = [await create(table), await subject.reload(table)]
      for (let seed = 0; seed < 10; seed++) {
        const question = unitVector(DIMENSIONS, 100 + seed)
        expect(loaded.search(question, 10)).toEqual(index.search(question, 10))
      }
    })

    check('reaches recall@10 of 0.95 against flat on 2,000 clustered vectors', async () => {
      const large = clusteredTable({ count: 2000, dimensions: 32, seed: 20 })
      const recall = recallAt10(await create(large), createFlatIndex(large), 50)
      expect(recall).toBeGreaterThanOrEqual(0.95)
    })
    done()
  })
}
