import { describe, expect, it } from 'vitest'
import type { Library } from '../../../src/engine/core/library.ts'
import type { Source } from '../../../src/engine/core/source.ts'
import { createStanding } from '../../../src/engine/search/standing.ts'
import { candidate } from './candidates.ts'

const source = (id: string, part: Partial<Source>): Source => ({
  id,
  title: id,
  publisher: id,
  url: null,
  authority: 'secondary',
  seen: 'direct',
  lastVerified: '2026-11-01',
  ...part,
})
const SOURCES = [
  source('paper', {}),
  source('ministry', { authority: 'official' }),
  source('act', { authority: 'law' }),
  source('act-as-told', { authority: 'law', seen: 'reported' }),
]
const FACTS: Record<string, object[]> = {
  faq: [{ key: 'licence.cost', quote: 'costs nothing', source: 'paper' }],
  licence: [
    { key: 'licence.cost', quote: 'free of charge', source: 'ministry' },
    { key: 'licence.hours', quote: 'from nine', source: 'act-as-told' },
  ],
}
// Only what standing asks of a library: sources by id and the typed facts of a guide.
const library = {
  source: (id: string) => SOURCES.find((entry) => entry.id === id),
  guide: (id: string) => ({ meta: { quickScan: { facts: FACTS[id] ?? [] } } }),
} as unknown as Library

const passage = (id: string, guideId: string, text: string, ...sources: string[]) =>
  candidate(1, { id, guideId, text, sources: sources.map((s) => ({ id: s, inherited: false })) })
    .passage
const news = passage('news', 'faq', 'A paper says it costs nothing.', 'paper')
const office = passage('office', 'licence', 'The licence is free of charge.', 'paper', 'ministry')
const hours = passage('hours', 'licence', 'Open from nine.', 'act-as-told')
const law = passage('law', 'licence', 'Article 5.', 'act')
const standing = createStanding([news, office, hours, law], library)

describe('the standing of a passage', () => {
  it('is official by a publication or law that was seen itself', () => {
    expect([news, office, hours, law].map(standing.isOfficial)).toEqual([false, true, false, true])
  })

  it('confirms what another states on weaker grounds, by the source of the fact itself', () => {
    expect(standing.confirms(news, office)).toBe(true)
    expect(standing.confirms(office, news)).toBe(false)
    expect(standing.confirms(news, hours)).toBe(false)
    expect(standing.confirms(news, law)).toBe(false)
  })
})
