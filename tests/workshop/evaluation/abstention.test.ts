import { describe, expect, it } from 'vitest'
import {
  type AbstentionOutcome,
  abstentionFigures,
  bootstrapOf,
  calibrationError,
} from '../../../workshop/evaluation/abstention.ts'
import { createRandom } from '../../../workshop/evaluation/random.ts'

const gate = (
  id: string,
  kind: AbstentionOutcome['kind'],
  probability: number,
  verdict: AbstentionOutcome['verdict'],
): AbstentionOutcome => ({ id, kind, probability, verdict })

describe('abstention figures', () => {
  const figures = abstentionFigures([
    gate('a', 'answerable', 0.9, 'answerable'),
    gate('b', 'answerable', 0.4, 'partial'),
    gate('c', 'answerable', 0.1, 'not_in_corpus'),
    gate('d', 'near-domain', 0.5, 'answerable'),
    gate('e', 'near-domain', 0.3, 'partial'),
    gate('f', 'out-of-domain', 0.05, 'not_in_corpus'),
  ])

  it('count verdicts by kind', () => {
    expect(figures.questions).toEqual({ answerable: 3, 'near-domain': 2, 'out-of-domain': 1 })
    expect(figures.answerableRefused?.mean).toBeCloseTo(1 / 3, 12)
    expect(figures.outOfDomainAnswered?.mean).toBe(0)
    expect(figures.nearDomainAnswered?.mean).toBe(1)
    expect(figures.nearDomainCalledAnswerable?.mean).toBe(0.5)
  })

  it('rank answerable questions against each other kind', () => {
    expect(figures.aurocOutOfDomain?.mean).toBe(1)
    expect(figures.aurocNearDomain?.mean).toBeCloseTo(3 / 6, 12)
  })

  it('are left out where there are no questions of a kind', () => {
    const alone = abstentionFigures([gate('a', 'answerable', 0.9, 'answerable')])
    expect(alone.answerableRefused?.mean).toBe(0)
    expect(alone.aurocNearDomain).toBeUndefined()
    expect(alone.outOfDomainAnswered).toBeUndefined()
    expect(alone.calibrationError).toBeUndefined()
  })
})

describe('the calibration error', () => {
  const random = createRandom(3)
  const items = Array.from({ length: 400 }, () => {
    const probability = random()
    return { probability, truth: random() < probability }
  })

  it('of a calibrated model lies where chance puts it', () => {
    const error = calibrationError(
      items.map(({ probability, truth }) => ({ probability, positive: truth })),
    )
    expect(error.mean).toBeGreaterThanOrEqual(error.nullLow)
    expect(error.mean).toBeLessThanOrEqual(error.nullHigh)
    expect(error.nullLow).toBeGreaterThan(0)
  })

  it('of an overconfident model lies beyond chance', () => {
    const error = calibrationError(
      items.map(({ probability, truth }) => ({
        probability: probability > 0.5 ? 0.99 : 0.01,
        positive: truth,
      })),
    )
    expect(error.mean).toBeGreaterThan(error.nullHigh)
  })
})

describe('the bootstrap of any statistic', () => {
  it('skips samples for which the statistic is undefined', () => {
    const ratio = (sample: readonly number[]) =>
      sample.includes(0) ? sample.filter((one) => one === 1).length : Number.NaN
    const { mean, low, high } = bootstrapOf([0, 1], ratio)
    expect({ mean, low, high }).toEqual({ mean: 1, low: 0, high: 1 })
  })
})
