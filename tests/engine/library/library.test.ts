import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { citationSchema } from '../../../src/engine/core/citation.ts'
import { retrievalRequestSchema } from '../../../src/engine/core/retrieval.ts'
import { BASE_URL, sampleRetriever } from '../../fixtures/built-index.ts'

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')
const at = (day: string) => ({ now: () => new Date(`${day}T12:00:00Z`) })

describe('a citation', () => {
  it('quotes exactly the slice at its offsets, in the text with its hash, for every passage', async () => {
    const { library, content } = await sampleRetriever()
    for (const passage of content.passages) {
      const citation = citationSchema.parse(library.cite(passage, 'c7'))
      const guide = library.guide(passage.guideId, passage.language)
      expect(citation.id).toBe('c7')
      expect(guide?.text.slice(citation.start, citation.end)).toBe(citation.quote)
      expect(citation.quote).toBe(passage.text)
      expect(citation.guideSha256).toBe(sha256(guide?.text ?? ''))
      expect(citation.sources.length).toBeGreaterThan(0)
      const page = `${BASE_URL}/guides/${passage.guideId}?lang=${passage.language}#${passage.anchor}`
      expect(citation.url).toBe(page)
      expect(citation.textFragmentUrl.startsWith(`${page}:~:text=`)).toBe(true)
      expect(() => new URL(citation.textFragmentUrl)).not.toThrow()
    }
  })

  it('says what each source was used for, and which ones the passage inherits from its section', async () => {
    const { library, content } = await sampleRetriever()
    const find = (words: string) => {
      const passage = content.passages.find((p) => p.text.includes(words))
      if (!passage) throw new Error(`no passage says ${words}`)
      return library.cite(passage, 'c1').sources
    }
    expect(find('online with an email')).toEqual([
      {
        id: 'office',
        title: 'Number office',
        publisher: 'Office',
        url: 'https://office.example/number',
        authority: 'official',
        seen: 'direct',
        usedFor: 'what office says',
        lastVerified: '2026-11-01',
        inherited: false,
      },
    ])
    expect(find('within nine working days')).toMatchObject([{ id: 'office', inherited: true }])
    expect(find('old leaflet')).toMatchObject([{ id: 'copy', url: null, inherited: false }])
  })
})

describe('staleness', () => {
  const staleOf = async (day: string) => {
    const { retriever, library } = await sampleRetriever(at(day))
    const ask = async (query: string, guide: string) => {
      const answer = await retriever.retrieve(
        retrievalRequestSchema.parse({ query, guides: [guide], languages: ['en'] }),
      )
      return [answer.passages[0]?.citation.stale, answer.quickScan?.stale]
    }
    const phone = library.guide('licence', 'en')
    const facts = phone ? library.quickScan(phone).facts : []
    return {
      hive: await ask('register hive counter photograph', 'hive'),
      licence: await ask('apply beekeeping licence online', 'licence'),
      glance: await ask('call 800 555 0000', 'licence'),
      phone: facts.find((fact) => fact.kind === 'phone')?.citation.stale,
      cost: facts.find((fact) => fact.kind === 'cost')?.citation.stale,
      listed: library.guides().find((guide) => guide.id === 'hive')?.stale,
    }
  }
  const fresh = {
    hive: [false, false],
    licence: [false, false],
    glance: [false, false],
    phone: false,
    cost: false,
    listed: false,
  }

  it('does not begin before the day after a review date', async () => {
    expect(await staleOf('2026-11-30')).toEqual(fresh)
  })

  it("begins when the clock passes a guide's review date", async () => {
    expect(await staleOf('2026-12-01')).toEqual({ ...fresh, hive: [true, true], listed: true })
  })

  it("begins when the clock passes a fact's review date, for the passage that holds the fact", async () => {
    const after = await staleOf('2026-12-02')
    expect(after).toMatchObject({ licence: [false, false], phone: true, cost: false })
    expect(after.glance[0]).toBe(true)
  })
})

describe('a quick scan', () => {
  it('holds facts whose value is in the quote, and whose quote is where the citation says', async () => {
    const { library } = await sampleRetriever()
    for (const { id, language } of library.guides()) {
      const guide = library.guide(id, language)
      if (!guide) throw new Error('listed but not there')
      const scan = library.quickScan(guide)
      expect(scan.facts).toHaveLength(5)
      for (const { value, citation } of scan.facts) {
        expect(citation.quote).toContain(value)
        expect(guide.text.slice(citation.start, citation.end)).toBe(citation.quote)
        expect(citation.sources).toMatchObject([{ id: 'office', inherited: false }])
        expect(citation.url.endsWith('#at-a-glance')).toBe(true)
      }
      expect(new Set(scan.facts.map((fact) => fact.citation.id)).size).toBe(5)
    }
  })

  it('links the guide to fix first in its own language, or else in the one that exists', async () => {
    const { library } = await sampleRetriever()
    for (const language of ['en', 'es'] as const) {
      const guide = library.guide('licence', language)
      expect(guide && library.quickScan(guide).fixFirst).toMatchObject({
        guide: { id: 'hive', language: 'en' },
        why: 'The licence names the hive.',
      })
    }
  })
})

describe('the library', () => {
  it('lists guides by order, then language', async () => {
    const { library } = await sampleRetriever()
    expect(library.guides().map((guide) => `${guide.id}.${guide.language}`)).toEqual([
      'first-year.en',
      'licence.en',
      'licence.es',
      'hive.en',
    ])
  })

  it('links the passages of a guide in order, and knows no others', async () => {
    const { library, content } = await sampleRetriever()
    const own = content.passages.filter((p) => p.guideId === 'licence' && p.language === 'es')
    for (const [i, passage] of own.entries()) {
      expect(library.passage(passage.id)).toMatchObject({
        previous: own[i - 1]?.id ?? null,
        next: own[i + 1]?.id ?? null,
        guide: { id: 'licence', language: 'es' },
      })
    }
    expect(library.passage('licence.es.nothing.000000')).toBeUndefined()
    expect(library.passage('__proto__')).toBeUndefined()
  })
})
