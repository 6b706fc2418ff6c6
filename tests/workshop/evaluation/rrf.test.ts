import { describe, expect, it } from 'vitest'
import { reciprocalRankFusion } from '../../../workshop/evaluation/rrf.ts'

describe('fusion by rank', () => {
  it('sums 1 / (60 + rank) over the rankings that hold a document', () => {
    expect(
      reciprocalRankFusion([
        ['a', 'b'],
        ['b', 'c', 'd'],
      ]),
    ).toEqual([
      { id: 'b', score: 1 / 62 + 1 / 61 },
      { id: 'a', score: 1 / 61 },
      { id: 'c', score: 1 / 62 },
      { id: 'd', score: 1 / 63 },
    ])
  })

  it('breaks ties by id, whichever ranking comes first', () => {
    const [left, right] = [
      ['b', 'a'],
      ['a', 'b'],
    ] as const
    expect(reciprocalRankFusion([left, right])).toEqual(reciprocalRankFusion([right, left]))
    expect(reciprocalRankFusion([left, right])[0]?.id).toBe('a')
  })

  it('takes another k, and nothing gives nothing', () => {
    expect(reciprocalRankFusion([['a']], 1)).toEqual([{ id: 'a', score: 0.5 }])
    expect(reciprocalRankFusion([[], []])).toEqual([])
  })
})
