import { describe, expect, it } from 'vitest'
import type { Library } from '../../../src/engine/core/library.ts'
import type { Source } from '../../../src/engine/core/source.ts'
import { createSourceQuality } from '../../../src/engine/search/source-quality.ts'
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
// The two lookups that are made, with as much of a guide as they read.
const library = {
  source: (id: string) => SOURCES.find((entry) => entry.id === id),
  guide: (id: string) => ({ meta: { quickScan: { facts: FACTS[id] ?? [] } } }),
} as unknown as Pick<Library, 'source' | 'guide'>

const passage = (id: string, guideId: string, text: string, ...sources: string[]) =>
  candidate(1, { id, guideId, text, sources: sources.map((s) => ({ id: s, inherited: false })) })
    .passage
const news = passage('news', 'faq', 'A paper says it costs nothing.', 'paper')
const office = passage('office', 'licence', 'The licence is free of charge.', 'paper', 'ministry')
const hours = passage('hours', 'licence', 'Open from nine.', 'act-as-told')
const law = passage('law', 'licence', 'Article 5.', 'act')
const quality = createSourceQuality([news, office, hours, law], library)

describe('the source quality of a passage', () => {
  it('is good when an official page or a law was read directly', () => {
    expect([news, office, hours, law].map(quality.isWellSourced)).toEqual([
      false,
      true,
      false,
      true,
    ])
  })

  it('confirms a fact that another passage takes from a weaker source', () => {
    expect(quality.confirms(news, office)).toBe(true)
    expect(quality.confirms(office, news)).toBe(false)
    expect(quality.confirms(news, hours)).toBe(false)
    expect(quality.confirms(news, law)).toBe(false)
  })
})
