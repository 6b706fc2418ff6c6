import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PassageFilter } from '../../../src/engine/core/passage-filter.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import {
  buildLexicalSnapshot,
  createLexicalIndex,
  type LexicalDocument,
} from '../../../src/engine/lexical/bm25.ts'
import { bestHits, bestIds, scoresOf } from '../../fixtures/lexical.ts'

const english = (...texts: readonly string[]): LexicalDocument[] =>
  texts.map((text, i) => ({ id: `d${i + 1}`, language: 'en', text }))
const indexOf = (documents: readonly LexicalDocument[]) =>
  createLexicalIndex(buildLexicalSnapshot(documents, PROFILES), { languages: PROFILES })

describe('BM25', () => {
  // Three documents of 4, 2 and 3 words: N = 3, average length 3, k1 = 1.2, b = 0.75.
  const index = indexOf(english('renew stamp renew ledger', 'stamp window', 'violet garden bench'))

  it('gives the value computed by hand', async () => {
    // idf(renew): in 1 of 3 documents: ln(1 + (3 - 1 + 0.5) / (1 + 0.5)) = ln(8/3) = 0.980829
    // idf(stamp): in 2 of 3 documents: ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln(1.6) = 0.470004
    const query = index.query('renew stamp')
    // d1: norm = 1.2 * (0.25 + 0.75 * 4/3) = 1.5; renew twice: 0.980829 * 2 * 2.2 / 3.5; stamp once: 0.470004 * 2.2 / 2.5
    expect((await scoresOf(query, 'd1')).bm25).toBeCloseTo(1.233043 + 0.413603, 5)
    // d2: norm = 1.2 * (0.25 + 0.75 * 2/3) = 0.9; stamp once: 0.470004 * 2.2 / 1.9
    expect((await scoresOf(query, 'd2')).bm25).toBeCloseTo(0.544215, 5)
    expect((await scoresOf(query, 'd3')).bm25).toBe(0)
    // Upper bound: (0.980829 + 0.470004) * 2.2
    expect(query.upperBound.en).toBeCloseTo(3.191833, 5)
    expect(await bestIds(query)).toEqual(['d1', 'd2'])
  })

  it('weighs a term that no document holds with the highest idf', async () => {
    // ln(1 + (3 + 0.5) / 0.5) = ln(8) = 2.079442
    const query = index.query('stamp zzzz')
    expect(query.upperBound.en).toBeCloseTo((0.470004 + 2.079442) * 2.2, 5)
    expect((await scoresOf(query, 'd2')).coverage).toBeCloseTo(0.470004 / (0.470004 + 2.079442), 5)
    expect(await bestHits(index.query('zzzz qqqq'))).toEqual([])
  })

  it('has full coverage when the document contains every term of the question', async () => {
    expect((await scoresOf(index.query('renew stamp'), 'd1')).coverage).toBeCloseTo(1, 12)
    expect((await scoresOf(index.query('renew stamp'), 'd3')).coverage).toBe(0)
    expect((await scoresOf(index.query('the of'), 'd1')).coverage).toBe(0)
  })

  it('has no terms and no hits for a question of stop words only', async () => {
    const query = index.query('what is the')
    expect(query.upperBound).toEqual({ en: 0, es: 0 })
    expect(await bestHits(query)).toEqual([])
    expect(query.terms).toEqual({ en: [], es: [] })
  })

  it('leaves unknown ids out and finds nothing in an empty index', async () => {
    expect((await index.query('stamp').search({ k: 0, also: ['nobody'] })).also).toEqual([])
    const empty = indexOf([])
    expect(empty.size).toBe(0)
    expect(await bestHits(empty.query('stamp'))).toEqual([])
  })

  it('leaves the joined form of an unknown code out of the question', async () => {
    const phones = indexOf(english('call 800 623 2323', 'come here'))
    expect(phones.query('800 623 2323').terms.en).toContain('8006232323')
    expect(phones.query('800 111 2222').terms.en).toEqual(['800', '111', '2222'])
  })

  it('breaks ties by id and returns at most k', async () => {
    const twins = indexOf(
      ['c', 'a', 'b'].map((id) => ({ id, language: 'en' as const, text: 'stamp window' })),
    )
    expect(await bestIds(twins.query('stamp'), 2)).toEqual(['a', 'b'])
  })

  it('scores each language with its own statistics', async () => {
    const mixed = indexOf([
      ...english('stamp window', 'garden bench'),
      { id: 's1', language: 'es', text: 'sello ventanilla stamp' },
    ])
    const query = mixed.query('stamp')
    // English: in 1 of 2, ln(2) * 2.2 / 2.2; Spanish: in 1 of 1, ln(1 + 0.5 / 1.5) * 2.2 / 2.2.
    expect((await scoresOf(query, 'd1')).bm25).toBeCloseTo(Math.log(2), 10)
    expect((await scoresOf(query, 's1')).bm25).toBeCloseTo(Math.log(4 / 3), 10)
    expect(query.upperBound.es).toBeCloseTo(Math.log(4 / 3) * 2.2, 10)
    expect(await bestIds(query)).toEqual(['d1', 's1'])
  })

  it('keeps to a filter, but scores the ids in `also` whatever the filter', async () => {
    const documents = [
      ...english('stamp window', 'stamp bench', 'garden'),
      { id: 's1', language: 'es' as const, text: 'stamp sello' },
    ]
    const facets = documents.map(({ id, language }) => ({
      ...{ id, language, guideId: id === 'd2' ? 'other' : 'office' },
      authorities: id === 'd1' ? [] : (['law'] as const),
    }))
    const filtered = createLexicalIndex(buildLexicalSnapshot(documents, PROFILES), {
      languages: PROFILES,
      facets,
    })
    const query = filtered.query('stamp')
    const found = async (filter: PassageFilter) =>
      (await query.search({ k: 5, filter, also: ['d1'] })).best.map(({ id }) => id)
    expect(await found({ languages: ['es'] })).toEqual(['s1'])
    expect(await found({ languages: ['en'], guides: ['office'] })).toEqual(['d1'])
    expect(await found({ authorities: ['law'], languages: ['en'] })).toEqual(['d2'])
    expect(await found({ guides: ['nothing'] })).toEqual([])
    const { also } = await query.search({ k: 0, filter: { languages: ['es'] }, also: ['d1'] })
    expect(also.map(({ id }) => id)).toEqual(['d1'])
    const bare = createLexicalIndex(buildLexicalSnapshot(documents, PROFILES), {
      languages: PROFILES,
    }).query('stamp')
    await expect(bare.search({ k: 5, filter: { guides: ['office'] } })).rejects.toMatchObject({
      code: 'internal',
    })
  })

  it('stops when the signal is aborted', async () => {
    const search = index.query('stamp').search({ k: 5, signal: AbortSignal.abort() })
    await expect(search).rejects.toMatchObject({ code: 'aborted' })
  })

  it('survives being written to JSON and read back', async () => {
    const snapshot = buildLexicalSnapshot(
      english('renew 800 623 2323', 'constructor stamp'),
      PROFILES,
    )
    const again = createLexicalIndex(JSON.parse(JSON.stringify(snapshot)), { languages: PROFILES })
    for (const text of ['800 623 2323', 'constructor', 'stamp toString'])
      expect(await bestHits(again.query(text))).toEqual(
        await bestHits(createLexicalIndex(snapshot, { languages: PROFILES }).query(text)),
      )
  })
})

describe('BM25 over any documents', () => {
  const word = fc.constantFrom(
    ...[
      'renew',
      'stamp',
      'window',
      'nss',
      'clinic',
      '800',
      'the',
      'trámite',
      'IMSS-02-008',
      'phone',
    ],
  )
  const sentence = (maxLength: number) =>
    fc.array(word, { maxLength }).map((list) => list.join(' '))
  const documents = fc
    .array(fc.tuple(fc.constantFrom('en' as const, 'es' as const), sentence(15)), { maxLength: 12 })
    .map((list) => list.map(([language, text], i) => ({ id: `d${i}`, language, text })))

  it('never scores above the upper bound, and keeps coverage between 0 and 1', async () => {
    await fc.assert(
      fc.asyncProperty(documents, sentence(6), async (docs, question) => {
        const query = indexOf(docs).query(question)
        for (const { id, language } of docs) {
          const { bm25: score } = await scoresOf(query, id)
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(query.upperBound[language] ?? 0)
          if (score > 0) expect(score).toBeLessThan(query.upperBound[language] ?? 0)
          expect((await scoresOf(query, id)).coverage).toBeGreaterThanOrEqual(0)
          expect((await scoresOf(query, id)).coverage).toBeLessThanOrEqual(1 + 1e-12)
        }
      }),
    )
  })

  it('bounds even a text that repeats the question many times', async () => {
    const text = 'renew stamp '.repeat(5000)
    const query = indexOf(english(text, 'a b', 'window')).query('renew stamp')
    expect((await scoresOf(query, 'd1')).bm25).toBeLessThan(query.upperBound.en ?? 0)
    expect((await scoresOf(query, 'd1')).bm25).toBeGreaterThan((query.upperBound.en ?? 0) * 0.99)
  })

  it('gives the same scores and order whatever the order of the documents', async () => {
    await fc.assert(
      fc.asyncProperty(
        documents,
        sentence(6),
        fc.integer({ min: 1, max: 15 }),
        async (docs, question, k) => {
          const forward = indexOf(docs).query(question)
          const backward = indexOf([...docs].reverse()).query(question)
          expect(await bestHits(backward, k)).toEqual(await bestHits(forward, k))
          expect(backward.upperBound).toEqual(forward.upperBound)
        },
      ),
    )
  })

  it('keeps evidence between 0 and 1, with and without n-grams', async () => {
    await fc.assert(
      fc.asyncProperty(documents, sentence(6), fc.boolean(), async (docs, question, grams) => {
        const index = createLexicalIndex(
          buildLexicalSnapshot(docs, PROFILES),
          grams ? { languages: PROFILES, documents: docs } : { languages: PROFILES },
        )
        const query = index.query(question)
        for (const { id } of docs) {
          expect((await scoresOf(query, id)).evidence).toBeGreaterThanOrEqual(0)
          expect((await scoresOf(query, id)).evidence).toBeLessThanOrEqual(1)
          if (!grams) expect((await scoresOf(query, id)).ngramShare).toBe(0)
        }
      }),
    )
  })

  it('finds a misspelt word and a cognate by their n-grams', async () => {
    const docs = english('The apostille of a certificate', 'A window in the wall')
    const index = createLexicalIndex(buildLexicalSnapshot(docs, PROFILES), {
      languages: PROFILES,
      documents: docs,
    })
    for (const question of ['apostile', 'apostilllado', 'certifcate']) {
      expect(await bestIds(index.query(question), 1)).toEqual(['d1'])
    }
  })

  it('finds exactly the documents with a positive score', async () => {
    await fc.assert(
      fc.asyncProperty(documents, sentence(6), async (docs, question) => {
        const query = indexOf(docs).query(question)
        const hits = await bestHits(query, 100)
        for (const hit of hits) expect(await scoresOf(query, hit.id)).toEqual(hit)
        const all = await query.search({ k: 0, also: docs.map(({ id }) => id) })
        const positive = all.also.filter(({ bm25 }) => bm25 > 0).map(({ id }) => id)
        expect(hits.map((hit) => hit.id).sort()).toEqual(positive.sort())
      }),
    )
  })
})
