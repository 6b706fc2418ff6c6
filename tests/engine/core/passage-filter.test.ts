import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createPassageSelector,
  facetsOf,
  matchesFilter,
  type PassageFacets,
} from '../../../src/engine/core/passage-filter.ts'

const hive: PassageFacets = {
  id: 'hive.en.top',
  language: 'en',
  guideId: 'hive',
  authorities: ['law', 'secondary'],
}

describe('a passage filter', () => {
  it('lets everything through when it is empty', () => {
    expect(matchesFilter(hive, {})).toBe(true)
  })

  it('requires a match in every field that it has, and any one of the authorities', () => {
    expect(matchesFilter(hive, { languages: ['en'], guides: ['hive', 'nss'] })).toBe(true)
    expect(matchesFilter(hive, { languages: ['es'], guides: ['hive'] })).toBe(false)
    expect(matchesFilter(hive, { authorities: ['official', 'law'] })).toBe(true)
    expect(matchesFilter(hive, { authorities: ['official'] })).toBe(false)
    expect(matchesFilter(hive, { guides: [] })).toBe(false)
  })
})

describe('the facets of an index', () => {
  it('name each authority of a passage once, and none for unknown sources', () => {
    const passage = { id: 'a', language: 'en' as const, guideId: 'g' }
    const sources = ['act', 'code', 'gone'].map((id) => ({ id, inherited: false }))
    const index = {
      passages: [{ ...passage, sources }],
      sources: [
        { id: 'act', authority: 'law' as const },
        { id: 'code', authority: 'law' as const },
      ],
    }
    expect(facetsOf(index)).toEqual([{ ...passage, authorities: ['law'] }])
  })
})

describe('a selector', () => {
  it('gives the numbers of exactly the passages that match, in order', () => {
    const language = fc.constantFrom('en' as const, 'es' as const)
    const guideId = fc.constantFrom('a', 'b', 'c')
    const authority = fc.constantFrom('official' as const, 'law' as const, 'secondary' as const)
    const facets = fc.array(
      fc.record({ id: fc.uuid(), language, guideId, authorities: fc.array(authority) }),
    )
    const filter = fc.record(
      {
        languages: fc.uniqueArray(language),
        guides: fc.uniqueArray(guideId),
        authorities: fc.uniqueArray(authority),
      },
      { requiredKeys: [] },
    )
    fc.assert(
      fc.property(facets, fc.option(filter, { nil: undefined }), (all, wanted) => {
        const expected = [...all.keys()].filter((i) => {
          const held = all[i]
          return held && matchesFilter(held, wanted ?? {})
        })
        expect([...createPassageSelector(all)(wanted)]).toEqual(expected)
      }),
    )
  })
})
