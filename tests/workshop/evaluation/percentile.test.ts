import { describe, expect, it } from 'vitest'
import { percentile } from '../../../workshop/evaluation/percentile.ts'

describe('a percentile', () => {
  // Expected values: numpy.percentile.
  it('lies between its neighbours in the sorted sample', () => {
    const values = Array.from({ length: 100 }, (_, i) => 100 - i)
    expect(percentile(values, 0.5)).toBe(50.5)
    expect(percentile(values, 0.95)).toBeCloseTo(95.05, 12)
    expect(percentile([3, 1, 2], 0)).toBe(1)
    expect(percentile([3, 1, 2], 1)).toBe(3)
  })

  it('is the only value of a sample of one, and NaN without values', () => {
    expect(percentile([7], 0.99)).toBe(7)
    expect(percentile([], 0.5)).toBeNaN()
  })
})
