import { describe, expect, it } from 'vitest'
import { bootstrapDifference, bootstrapMean } from '../../../workshop/evaluation/bootstrap.ts'
import { createRandom } from '../../../workshop/evaluation/random.ts'

const seeded = () => ({ random: createRandom(7) })
const byQuery = (values: readonly number[]) => new Map(values.map((value, i) => [`q${i}`, value]))

describe('the interval of a mean', () => {
  it('is a point when all queries score the same', () => {
    expect(bootstrapMean([0.5, 0.5, 0.5], seeded())).toEqual({ mean: 0.5, low: 0.5, high: 0.5 })
  })

  it('is that of a share: mean plus and minus 1.96 standard errors', () => {
    const values = Array.from({ length: 400 }, (_, i) => (i % 5 === 0 ? 0 : 1))
    const { mean, low, high } = bootstrapMean(values, seeded())
    const error = 1.96 * Math.sqrt((0.8 * 0.2) / 400)
    expect(mean).toBeCloseTo(0.8, 12)
    expect(Math.abs(low - (0.8 - error))).toBeLessThan(0.005)
    expect(Math.abs(high - (0.8 + error))).toBeLessThan(0.005)
  })

  it('takes exactly the resamples that the generator draws', () => {
    // Two resamples of two values: [0, 0] and [1, 1]; 95 % of the way between their means.
    const draws = [0, 0.49, 0.5, 0.99]
    const random = () => draws.shift() ?? Number.NaN
    const interval = bootstrapMean([0, 1], { random, resamples: 2 })
    expect(interval.low).toBeCloseTo(0.025, 12)
    expect(interval.high).toBeCloseTo(0.975, 12)
    expect(draws).toEqual([])
  })

  it('holds the true mean in about 95 of 100 samples', () => {
    const random = createRandom(11)
    let held = 0
    for (let trial = 0; trial < 300; trial++) {
      const values = Array.from({ length: 60 }, () => random())
      const { low, high } = bootstrapMean(values, { random, resamples: 400 })
      if (low <= 0.5 && 0.5 <= high) held++
    }
    expect(held / 300).toBeGreaterThan(0.9)
    expect(held / 300).toBeLessThan(0.99)
  })

  it('is the same for the same seed and another for another', () => {
    const values = Array.from({ length: 50 }, (_, i) => Math.sqrt((i * 7) % 11))
    expect(bootstrapMean(values, seeded())).toEqual(bootstrapMean(values, seeded()))
    expect(bootstrapMean(values, { random: createRandom(8) })).not.toEqual(
      bootstrapMean(values, seeded()),
    )
  })

  it.each([[[]], [[1, Number.NaN]]])('is refused for %j', (values) => {
    expect(() => bootstrapMean(values, seeded())).toThrow()
  })

  it('is refused without resamples', () => {
    expect(() => bootstrapMean([1], { ...seeded(), resamples: 0 })).toThrow('resample')
  })
})

describe('the difference of two systems', () => {
  const noisy = Array.from({ length: 80 }, (_, i) => ((i * 37) % 80) / 80)

  it('is a point when one is ahead by the same on every query, however the queries differ', () => {
    const ahead = byQuery(noisy.map((value) => value + 0.25))
    const { mean, low, high } = bootstrapDifference(ahead, byQuery(noisy), seeded())
    for (const value of [mean, low, high]) expect(value).toBeCloseTo(0.25, 12)
    expect(
      bootstrapMean(noisy, seeded()).high - bootstrapMean(noisy, seeded()).low,
    ).toBeGreaterThan(0.1)
  })

  it('has zero inside when wins and losses are even', () => {
    const other = noisy.map((value, i) => value + (i % 2 === 0 ? 0.1 : -0.1))
    const { mean, low, high } = bootstrapDifference(byQuery(other), byQuery(noisy), seeded())
    expect(mean).toBeCloseTo(0, 12)
    expect(low).toBeLessThan(0)
    expect(high).toBeGreaterThan(0)
  })

  it('turns its sign with the systems and does not depend on the order of queries', () => {
    const a = byQuery(noisy)
    const b = byQuery(noisy.map((value) => value ** 2))
    const backwards = new Map([...a].toReversed())
    expect(bootstrapDifference(backwards, b, seeded())).toEqual(bootstrapDifference(a, b, seeded()))
    expect(bootstrapDifference(b, a, seeded()).mean).toBeCloseTo(
      -bootstrapDifference(a, b, seeded()).mean,
      12,
    )
  })

  it('is refused when the two were not measured on the same queries', () => {
    const two = byQuery([1, 0])
    const three = byQuery([1, 0, 1])
    expect(() => bootstrapDifference(two, three, seeded())).toThrow('q2')
    expect(() => bootstrapDifference(three, two, seeded())).toThrow('q2')
  })
})
