import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { spread } from '../../../../workshop/evaluation/report/line-chart.ts'
import {
  linearScale,
  logScale,
  logTicks,
  niceDomain,
  ticks,
} from '../../../../workshop/evaluation/report/scale.ts'

describe('a scale', () => {
  it('puts the ends of its domain on the ends of its range', () => {
    const scale = linearScale([0, 4], [100, 0])
    expect([0, 1, 4].map(scale)).toEqual([100, 75, 0])
    const log = logScale([1, 100], [0, 200])
    expect([1, 10, 100, 0].map(log)).toEqual([0, 100, 200, 0])
  })

  it('does not divide by an empty domain', () => {
    expect(linearScale([3, 3], [0, 10])(3)).toBe(0)
  })
})

describe('ticks', () => {
  it('are round', () => {
    expect(ticks([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(ticks([-0.13, 0.04], 4)).toEqual([-0.1, -0.05, 0])
    expect(ticks([5, 5], 4)).toEqual([5])
    expect(logTicks([0.7, 120])).toEqual([1, 2, 5, 10, 20, 50, 100])
  })

  it('lie within any domain, in order and evenly', () => {
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(number, fc.double({ min: 1e-3, max: 1e6, noNaN: true }), (from, width) => {
        const to = from + width
        const marks = ticks([from, to], 5)
        for (const mark of marks) {
          expect(mark).toBeGreaterThanOrEqual(from - width * 1e-6)
          expect(mark).toBeLessThanOrEqual(to + width * 1e-6)
        }
        expect([...marks].sort((a, b) => a - b)).toEqual(marks)
        expect(marks.length).toBeLessThanOrEqual(7)
      }),
    )
  })
})

describe('a nice domain', () => {
  it('holds all values between round ends', () => {
    expect(niceDomain([0.47, 0.93, 1], 5)).toEqual([0.4, 1])
    expect(niceDomain([-0.118, 0, 0.038], 4)).toEqual([-0.15, 0.05])
  })

  it('is not empty for one value or none', () => {
    expect(niceDomain([2])).toEqual([1.5, 2.5])
    expect(niceDomain([])).toEqual([0, 1])
  })
})

describe('labels at the end of curves', () => {
  it('keep their distance and their order', () => {
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
})
