import fc from 'fast-check'
import { expect, it } from 'vitest'
import { highest, orderIds } from '../../../src/engine/core/order.ts'

const all = (count: number) => Int32Array.from({ length: count }, (_, i) => i)

it('gives the highest scores first and breaks ties by id, whatever the order of the ids', () => {
  const score = fc.integer({ min: -100, max: 100 }).map((n) => n / 100)
  const items = fc.uniqueArray(fc.tuple(fc.string(), score), { selector: ([id]) => id })
  fc.assert(
    fc.property(items, fc.nat(20), (rows, k) => {
      const ids = rows.map(([id]) => id)
      const scores = Float64Array.from(rows, ([, value]) => value)
      const expected = [...rows.keys()].sort(
        (a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || ((ids[a] ?? '') < (ids[b] ?? '') ? -1 : 1),
      )
      expect(highest(scores, all(ids.length), orderIds(ids), k)).toEqual(expected.slice(0, k))
    }),
  )
})

it('leaves out the items that are not named', () => {
  const scores = Float64Array.of(0.5, 0.9, 0.7)
  expect(highest(scores, Int32Array.of(2, 0), orderIds(['a', 'b', 'c']), 3)).toEqual([2, 0])
})

it('accepts a cosine that rounding has pushed over 1', () => {
  const scores = Float64Array.of(0.5, 1.0000002, 1)
  expect(highest(scores, all(3), orderIds(['a', 'b', 'c']), 3)).toEqual([1, 2, 0])
})
