import { describe, expect, it } from 'vitest'
import { createCollapse } from '../../../src/engine/search/collapse.ts'
import type { SourceQuality } from '../../../src/engine/search/source-quality.ts'
import {
  breakNearTies,
  guideSupport,
  SAME_FACT_MARGIN,
  SOURCE_TIE_MARGIN,
} from '../../../src/engine/search/tie-break.ts'
import { candidate } from './candidates.ts'

const of = (id: string, fused: number, guideId = 'guide') => candidate(fused, { id, guideId })
const wellSourced = (...ids: string[]): SourceQuality => ({
  isWellSourced: ({ id }) => ids.includes(id),
  confirms: () => false,
})
const ids = (ordered: ReturnType<typeof breakNearTies>) => ordered.ranked.map((c) => c.passage.id)
const NONE = wellSourced()

describe('the first place', () => {
  const crowd = [
    of('lone', 0.9, 'other'),
    of('a', 0.895, 'right'),
    of('b', 0.89, 'right'),
    of('x', 0.8, 'other'),
    of('y', 0.8, 'other'),
  ]

  it('goes to the guide whose passages score better together, when scores are close', () => {
    const ordered = breakNearTies(crowd, { sourceQuality: NONE })
    expect(ids(ordered)).toEqual(['a', 'lone', 'b', 'x', 'y'])
    expect([...ordered.moved]).toEqual([['a', 'guide']])
    expect(ordered.ranked.map((c) => c.fused)).toEqual([0.895, 0.9, 0.89, 0.8, 0.8])
  })

  it('stays with the best score when no other is close, or when guide support has no weight', () => {
    const far = [of('lone', 0.9, 'other'), of('a', 0.85, 'right'), of('x', 0.84, 'other')]
    expect(ids(breakNearTies(far, { sourceQuality: NONE }))[0]).toBe('lone')
    expect(ids(breakNearTies(crowd, { sourceQuality: NONE, guideSupportWeight: 0 }))[0]).toBe(
      'lone',
    )
    expect(breakNearTies([], { sourceQuality: NONE }).ranked).toEqual([])
  })

  it("is decided by the mean score of a guide's best three passages", () => {
    const support = guideSupport([0.9, 0.8, 0.7, 0.1].map((fused, i) => of(`p${i}`, fused)))
    expect(support.get('guide')).toBeCloseTo(0.8, 12)
  })
})

describe('a well-sourced passage', () => {
  const tie = [of('news', 0.9), of('law', 0.9 - SOURCE_TIE_MARGIN / 2), of('other', 0.7)]

  it('comes before a weaker-sourced one whose score differs only by rounding', () => {
    const ordered = breakNearTies(tie, { sourceQuality: wellSourced('law') })
    expect(ids(ordered)).toEqual(['law', 'news', 'other'])
    expect(ordered.moved.get('law')).toBe('official')
    expect(
      ids(breakNearTies(tie, { sourceQuality: wellSourced('law'), sourceTieMargin: 0 }))[0],
    ).toBe('news')
    expect(ids(breakNearTies(tie, { sourceQuality: wellSourced('law', 'news') }))[0]).toBe('news')
  })

  it('does not come before a weaker-sourced one with a better score', () => {
    const apart = [of('news', 0.9), of('law', 0.9 - SOURCE_TIE_MARGIN * 2)]
    expect(ids(breakNearTies(apart, { sourceQuality: wellSourced('law') }))).toEqual([
      'news',
      'law',
    ])
  })

  it('comes before a weaker-sourced one with a slightly better score when both state the same fact', () => {
    const sourceQuality: SourceQuality = {
      isWellSourced: () => false,
      confirms: (a, b) => a.id === 'news' && b.id === 'law',
    }
    const near = [of('news', 0.9), of('else', 0.895), of('law', 0.9 - SAME_FACT_MARGIN / 2)]
    expect(ids(breakNearTies(near, { sourceQuality }))).toEqual(['law', 'news', 'else'])
    expect(ids(breakNearTies(near, { sourceQuality, sameFactMargin: 0 }))[0]).toBe('news')
    const far = [of('news', 0.9), of('law', 0.9 - SAME_FACT_MARGIN * 2)]
    expect(ids(breakNearTies(far, { sourceQuality }))[0]).toBe('news')
  })

  it('is the one that is kept of two near-duplicates, with the better of their scores', () => {
    const text = 'The number is free of charge for every worker and every foreign resident.'
    const twins = [candidate(0.9, { id: 'news', text }), candidate(0.85, { id: 'law', text })]
    const collapse = createCollapse(
      twins.map((c) => c.passage),
      ({ id }) => id === 'law',
    )
    const { kept, collapsed } = collapse(twins, 'en')
    expect(kept.map((c) => [c.passage.id, c.fused])).toEqual([['law', 0.9]])
    expect(collapsed).toEqual([{ id: 'news', into: 'law', why: 'near-duplicate' }])
  })
})
