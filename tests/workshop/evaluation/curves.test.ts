import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  distribution,
  recallByDepth,
  riskByCoverage,
  shareInterval,
} from '../../../workshop/evaluation/curves.ts'
import { outcome } from './outcomes.ts'

describe('recall by depth', () => {
  it('is the mean share of relevant passages among the first k, never falling', () => {
    const curve = recallByDepth(
      [
        outcome('a', ['nss.1', 'nss.2'], ['nss.1', 'nss.2']),
        outcome('b', ['x', 'nss.1'], ['nss.1']),
      ],
      3,
    )
    expect(curve).toEqual([
      { x: 1, y: 0.25 },
      { x: 2, y: 1 },
      { x: 3, y: 1 },
    ])
  })
})

describe('risk against coverage', () => {
  it('answers the most probable first and counts what goes wrong', () => {
    expect(
      riskByCoverage([
        { probability: 0.2, wrong: true },
        { probability: 0.9, wrong: false },
        { probability: 0.5, wrong: true },
        { probability: 0.7, wrong: false },
      ]),
    ).toEqual([
      { x: 0.25, y: 0, threshold: 0.9 },
      { x: 0.5, y: 0, threshold: 0.7 },
      { x: 0.75, y: 1 / 3, threshold: 0.5 },
      { x: 1, y: 0.5, threshold: 0.2 },
    ])
  })

  it('has no point between equal probabilities, and ends at the share of all that is wrong', () => {
    const item = fc.record({
      probability: fc.constantFrom(0, 0.25, 0.5, 1),
      wrong: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(item, { minLength: 1 }), (items) => {
        const curve = riskByCoverage(items)
        expect(curve.length).toBe(new Set(items.map(({ probability }) => probability)).size)
        expect(curve.at(-1)?.x).toBe(1)
        expect(curve.at(-1)?.y).toBeCloseTo(
          items.filter(({ wrong }) => wrong).length / items.length,
          12,
        )
      }),
    )
  })
})

describe('a distribution', () => {
  const value = fc.double({ noNaN: true, noDefaultInfinity: true })

  it('says for each of its values the share that is no larger, thinned but whole at its end', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 300 }), (values) => {
        const points = distribution(values, 50)
        expect(points.length).toBeLessThanOrEqual(50)
        expect(points.at(-1)).toEqual({ x: Math.max(...values), y: 1 })
        for (const { x, y } of points) {
          const share = values.filter((one) => one <= x).length / values.length
          expect(share).toBeGreaterThanOrEqual(y)
        }
      }),
    )
  })
})

describe('the interval of a share', () => {
  it.each([
    // Wilson, 1927, as published tables have it.
    [0.5, 10, 0.2366, 0.7634],
    [0, 10, 0, 0.2775],
    [1, 10, 0.7225, 1],
  ])('of %s of %s', (share, count, low, high) => {
    const interval = shareInterval(share, count)
    expect(interval.low).toBeCloseTo(low, 3)
    expect(interval.high).toBeCloseTo(high, 3)
  })

  it('spans 0 to 1 for an empty sample', () => {
    expect(shareInterval(0, 0)).toEqual({ low: 0, high: 1 })
  })
})
