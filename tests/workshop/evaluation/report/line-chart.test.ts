import fc from 'fast-check'
import { expect, it } from 'vitest'
import { spread } from '../../../../workshop/evaluation/report/line-chart.ts'

it('labels at the ends of curves keep a minimum distance and their order', () => {
  const place = fc.double({ min: 0, max: 300, noNaN: true })
  fc.assert(
    fc.property(fc.array(place, { maxLength: 6 }), (places) => {
      const moved = [...spread(places, 16)].sort((a, b) => a - b)
      moved.slice(1).forEach((at, i) => {
        expect(at - (moved[i] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9)
      })
    }),
  )
  expect(spread([10, 100], 16)).toEqual([10, 100])
})
