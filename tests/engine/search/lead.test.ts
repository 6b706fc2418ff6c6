import { describe, expect, it } from 'vitest'
import { createCollapse } from '../../../src/engine/search/collapse.ts'
import {
  giveLead,
  guideSupport,
  LEAD_REACH,
  OFFICIAL_TIE,
  SAME_FACT_REACH,
} from '../../../src/engine/search/lead.ts'
import type { Standing } from '../../../src/engine/search/standing.ts'
import { candidate } from './candidates.ts'

const of = (id: string, fused: number, guideId = 'guide') => candidate(fused, { id, guideId })
const official = (...ids: string[]): Standing => ({
  isOfficial: ({ id }) => ids.includes(id),
  confirms: () => false,
})
const ids = (ordered: ReturnType<typeof giveLead>) => ordered.ranked.map((c) => c.passage.id)
const NOBODY = official()

describe('the first place', () => {
  const crowd = [
    of('lone', 0.9, 'other'),
    of('a', 0.895, 'right'),
    of('b', 0.89, 'right'),
    of('x', 0.8, 'other'),
    of('y', 0.8, 'other'),
  ]

  it('goes to the guide that more passages speak for, when scores are near', () => {
    const ordered = giveLead(crowd, { standing: NOBODY })
    expect(ids(ordered)).toEqual(['a', 'lone', 'b', 'x', 'y'])
    expect([...ordered.moved]).toEqual([['a', 'guide']])
    expect(ordered.ranked.map((c) => c.fused)).toEqual([0.895, 0.9, 0.89, 0.8, 0.8])
  })

  it('stays with the best score when nobody else is near, or guides are not to count', () => {
    const far = [
      of('lone', 0.9, 'other'),
      of('a', 0.9 - LEAD_REACH - 0.001, 'right'),
      of('x', 0.2, 'other'),
    ]
    expect(ids(giveLead(far, { standing: NOBODY }))[0]).toBe('lone')
    expect(ids(giveLead(crowd, { standing: NOBODY, guideShare: 0 }))[0]).toBe('lone')
    expect(giveLead([], { standing: NOBODY }).ranked).toEqual([])
  })

  it('is given on the mean of the best three of a guide', () => {
    const support = guideSupport([0.9, 0.8, 0.7, 0.1].map((fused, i) => of(`p${i}`, fused)))
    expect(support.get('guide')).toBeCloseTo(0.8, 12)
  })
})

describe('an official passage', () => {
  const tie = [of('news', 0.9), of('law', 0.9 - OFFICIAL_TIE / 2), of('other', 0.7)]

  it('goes before a secondary one at a tie, which would win by its score', () => {
    const ordered = giveLead(tie, { standing: official('law') })
    expect(ids(ordered)).toEqual(['law', 'news', 'other'])
    expect(ordered.moved.get('law')).toBe('official')
    expect(ids(giveLead(tie, { standing: official('law'), officialTie: 0 }))[0]).toBe('news')
    expect(ids(giveLead(tie, { standing: official('law', 'news') }))[0]).toBe('news')
  })

  it('does not go before a better answer that is merely secondary', () => {
    const apart = [of('news', 0.9), of('law', 0.9 - OFFICIAL_TIE * 2)]
    expect(ids(giveLead(apart, { standing: official('law') }))).toEqual(['news', 'law'])
  })

  it('goes before a secondary one further off when both state one fact', () => {
    const standing: Standing = {
      isOfficial: () => false,
      confirms: (a, b) => a.id === 'news' && b.id === 'law',
    }
    const near = [of('news', 0.9), of('else', 0.895), of('law', 0.9 - SAME_FACT_REACH / 2)]
    expect(ids(giveLead(near, { standing }))).toEqual(['law', 'news', 'else'])
    expect(ids(giveLead(near, { standing, sameFactReach: 0 }))[0]).toBe('news')
    const far = [of('news', 0.9), of('law', 0.9 - SAME_FACT_REACH * 2)]
    expect(ids(giveLead(far, { standing }))[0]).toBe('news')
  })

  it('is the one that is kept of two that say the same, with the better score', () => {
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
