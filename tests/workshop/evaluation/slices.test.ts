import { describe, expect, it } from 'vitest'
import {
  firstRelevantRank,
  OUTCOME_MEASURES,
  valuesOf,
} from '../../../workshop/evaluation/outcome.ts'
import { sliceFigures, takeHalf } from '../../../workshop/evaluation/slices.ts'
import { systemDifference } from '../../../workshop/evaluation/system-difference.ts'
import { outcome } from './outcomes.ts'

const first = outcome('q1', ['nss.a', 'curp.b'], ['nss.a'])
const second = outcome('q2', ['curp.b', 'nss.a'], ['nss.a'], { language: 'es', style: 'typo' })
const none = outcome('q3', ['curp.b'], ['nss.a'], { language: 'es', topic: 'curp', dev: false })
const offTopic = outcome('q4', ['nss.a'], [], { kind: 'out-of-domain' })

describe('the measures of one question', () => {
  it('look at the rank of the first relevant passage', () => {
    expect([first, second, none].map(firstRelevantRank)).toEqual([1, 2, undefined])
    expect([first, second, none].map(OUTCOME_MEASURES['Success@1'])).toEqual([1, 0, 0])
    expect([first, second, none].map(OUTCOME_MEASURES['Success@3'])).toEqual([1, 1, 0])
    expect([first, second, none].map(OUTCOME_MEASURES['MRR@10'])).toEqual([1, 0.5, 0])
  })

  it('say whether a guide with a full answer came first, even by another passage', () => {
    const right = outcome('q', ['nss.other'], ['nss.a'])
    expect(OUTCOME_MEASURES['guide first'](right)).toBe(1)
    expect(OUTCOME_MEASURES['guide first'](second)).toBe(0)
    expect(OUTCOME_MEASURES['guide first'](outcome('q', [], ['nss.a']))).toBe(0)
  })

  it('leave out questions that have no answer', () => {
    expect([...valuesOf([first, offTopic], 'Success@1').keys()]).toEqual(['q1'])
  })
})

describe('slices', () => {
  const slices = sliceFigures([first, second, none, offTopic])
  const find = (name: string) => slices.find((slice) => slice.name === name)

  it('begin with all answerable questions', () => {
    expect(slices[0]).toMatchObject({ dimension: 'all', questions: 3 })
    expect(slices[0]?.figures['Success@1'].mean).toBeCloseTo(1 / 3, 12)
  })

  it('cover every value of language, style and topic once', () => {
    expect(slices.map((slice) => `${slice.dimension} ${slice.name} ${slice.questions}`)).toEqual([
      'all all 3',
      'language en 1',
      'language es 2',
      'style natural 2',
      'style typo 1',
      'topic curp 1',
      'topic nss 2',
    ])
    expect(find('es')?.figures['Success@3'].mean).toBe(0.5)
  })

  it('have intervals that hold their mean', () => {
    for (const { figures } of slices)
      for (const { mean, low, high } of Object.values(figures)) {
        expect(low).toBeLessThanOrEqual(mean)
        expect(high).toBeGreaterThanOrEqual(mean)
      }
  })

  it('of a half hold its questions alone, and an empty half is a fault', () => {
    expect(takeHalf([first, none], 'test')).toEqual([none])
    expect(takeHalf([first, none], 'all')).toEqual([first, none])
    expect(() => takeHalf([none], 'dev')).toThrow('none of the 1 questions is in the dev half')
  })
})

describe('one system beside another', () => {
  it('is below zero where it is worse, question by question', () => {
    const worse = [outcome('q1', ['curp.b', 'nss.a'], ['nss.a']), second]
    const difference = systemDifference(worse, [first, second])
    expect(difference['Success@1'].mean).toBe(-0.5)
    expect(difference['Success@3'].mean).toBe(0)
  })

  it('is refused on other questions', () => {
    expect(() => systemDifference([first], [second])).toThrow('only one of the two systems')
  })
})
