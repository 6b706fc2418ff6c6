import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import {
  buildLexicalSnapshot,
  createLexicalIndex,
  type LexicalDocument,
} from '../../../src/engine/lexical/bm25.ts'

const english = (...texts: readonly string[]): LexicalDocument[] =>
  texts.map((text, i) => ({ id: `d${i + 1}`, language: 'en', text }))
const indexOf = (documents: readonly LexicalDocument[]) =>
  createLexicalIndex(buildLexicalSnapshot(documents, PROFILES), { languages: PROFILES })

describe('BM25', () => {
  // Three documents of 4, 2 and 3 words: N = 3, average length 3, k1 = 1.2, b = 0.75.
  const index = indexOf(english('renew stamp renew ledger', 'stamp window', 'violet garden bench'))

  it('gives the value computed by hand', () => {
    // idf(renew): in 1 of 3 documents: ln(1 + (3 - 1 + 0.5) / (1 + 0.5)) = ln(8/3) = 0.980829
    // idf(stamp): in 2 of 3 documents: ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln(1.6) = 0.470004
    const query = index.query('renew stamp')
    // d1: norm = 1.2 * (0.25 + 0.75 * 4/3) = 1.5; renew twice: 0.980829 * 2 * 2.2 / 3.5; stamp once: 0.470004 * 2.2 / 2.5
    expect(query.item('d1').score).toBeCloseTo(1.233043 + 0.413603, 5)
    // d2: norm = 1.2 * (0.25 + 0.75 * 2/3) = 0.9; stamp once: 0.470004 * 2.2 / 1.9
    expect(query.item('d2').score).toBeCloseTo(0.544215, 5)
    expect(query.item('d3').score).toBe(0)
    // Upper bound: (0.980829 + 0.470004) * 2.2
    expect(query.upperBound.en).toBeCloseTo(3.191833, 5)
    expect(query.search(5).map((hit) => hit.id)).toEqual(['d1', 'd2'])
  })

  it('weighs a term that no document holds with the highest idf', () => {
    // ln(1 + (3 + 0.5) / 0.5) = ln(8) = 2.079442
    const query = index.query('stamp zzzz')
    expect(query.upperBound.en).toBeCloseTo((0.470004 + 2.079442) * 2.2, 5)
    expect(query.item('d2').coverage).toBeCloseTo(0.470004 / (0.470004 + 2.079442), 5)
    expect(index.query('zzzz qqqq').search(5)).toEqual([])
  })

  it('covers all of a question whose every term stands in the document', () => {
    expect(index.query('renew stamp').item('d1').coverage).toBeCloseTo(1, 12)
    expect(index.query('renew stamp').item('d3').coverage).toBe(0)
    expect(index.query('the of').item('d1').coverage).toBe(0)
  })

  it('asks nothing and finds nothing when only stop words are asked', () => {
    const query = index.query('what is the')
    expect(query.upperBound).toEqual({ en: 0, es: 0 })
    expect(query.search(5)).toEqual([])
    expect(query.terms).toEqual({ en: [], es: [] })
  })

  it('knows no scores for unknown ids and finds nothing in an empty index', () => {
    expect(index.query('stamp').item('nobody').score).toBe(0)
    const empty = indexOf([])
    expect(empty.size).toBe(0)
    expect(empty.query('stamp').search(5)).toEqual([])
  })

  it('leaves the joined form of an unknown code out of the question', () => {
    const phones = indexOf(english('call 800 623 2323', 'come here'))
    expect(phones.query('800 623 2323').terms.en).toContain('8006232323')
    expect(phones.query('800 111 2222').terms.en).toEqual(['800', '111', '2222'])
  })

  it('breaks ties by id and returns at most k', () => {
    const twins = indexOf(
      ['c', 'a', 'b'].map((id) => ({ id, language: 'en' as const, text: 'stamp window' })),
    )
    expect(
      twins
        .query('stamp')
        .search(2)
        .map((hit) => hit.id),
    ).toEqual(['a', 'b'])
  })

  it('scores each language with its own statistics', () => {
    const mixed = indexOf([
      ...english('stamp window', 'garden bench'),
      { id: 's1', language: 'es', text: 'sello ventanilla stamp' },
    ])
    const query = mixed.query('stamp')
    // English: in 1 of 2, ln(2) * 2.2 / 2.2; Spanish: in 1 of 1, ln(1 + 0.5 / 1.5) * 2.2 / 2.2.
    expect(query.item('d1').score).toBeCloseTo(Math.log(2), 10)
    expect(query.item('s1').score).toBeCloseTo(Math.log(4 / 3), 10)
    expect(query.upperBound.es).toBeCloseTo(Math.log(4 / 3) * 2.2, 10)
    expect(query.search(5).map((hit) => hit.id)).toEqual(['d1', 's1'])
  })

  it('survives being written to JSON and read back', () => {
    const snapshot = buildLexicalSnapshot(
      english('renew 800 623 2323', 'constructor stamp'),
      PROFILES,
    )
    const again = createLexicalIndex(JSON.parse(JSON.stringify(snapshot)), { languages: PROFILES })
    for (const text of ['800 623 2323', 'constructor', 'stamp toString'])
      expect(again.query(text).search(5)).toEqual(
        createLexicalIndex(snapshot, { languages: PROFILES }).query(text).search(5),
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

  it('never scores above the upper bound, and covers between nothing and all', () => {
    fc.assert(
      fc.property(documents, sentence(6), (docs, question) => {
        const query = indexOf(docs).query(question)
        for (const { id, language } of docs) {
          const score = query.item(id).score
          const bound = query.upperBound[language] ?? 0
          expect(score).toBeGreaterThanOrEqual(0)
          expect(score).toBeLessThanOrEqual(bound)
          if (score > 0) expect(score).toBeLessThan(bound)
          expect(query.item(id).coverage).toBeGreaterThanOrEqual(0)
          expect(query.item(id).coverage).toBeLessThanOrEqual(1 + 1e-12)
        }
      }),
    )
  })

  it('bounds even a text that repeats the question without end', () => {
    const text = 'renew stamp '.repeat(5000)
    const query = indexOf(english(text, 'a b', 'window')).query('renew stamp')
    const bound = query.upperBound.en ?? 0
    expect(query.item('d1').score).toBeLessThan(bound)
    expect(query.item('d1').score).toBeGreaterThan(bound * 0.99)
  })

  it('gives the same scores and order whatever the order of the documents', () => {
    fc.assert(
      fc.property(documents, sentence(6), fc.integer({ min: 1, max: 15 }), (docs, question, k) => {
        const forward = indexOf(docs).query(question)
        const backward = indexOf([...docs].reverse()).query(question)
        expect(backward.search(k)).toEqual(forward.search(k))
        expect(backward.upperBound).toEqual(forward.upperBound)
      }),
    )
  })

  it('shows evidence between 0 and 1, with and without n-grams', () => {
    fc.assert(
      fc.property(documents, sentence(6), fc.boolean(), (docs, question, grams) => {
        const index = createLexicalIndex(
          buildLexicalSnapshot(docs, PROFILES),
          grams ? { languages: PROFILES, documents: docs } : { languages: PROFILES },
        )
        const query = index.query(question)
        for (const { id } of docs) {
          expect(query.item(id).evidence).toBeGreaterThanOrEqual(0)
          expect(query.item(id).evidence).toBeLessThanOrEqual(1)
          if (!grams) expect(query.item(id).ngramShare).toBe(0)
        }
      }),
    )
  })

  it('finds a misspelt word and a cognate by their n-grams', () => {
    const docs = english('The apostille of a certificate', 'A window in the wall')
    const index = createLexicalIndex(buildLexicalSnapshot(docs, PROFILES), {
      languages: PROFILES,
      documents: docs,
    })
    for (const question of ['apostile', 'apostilllado', 'certifcate']) {
      expect(index.query(question).search(1)[0]?.id).toBe('d1')
    }
  })

  it('finds exactly the documents with a positive score', () => {
    fc.assert(
      fc.property(documents, sentence(6), (docs, question) => {
        const query = indexOf(docs).query(question)
        const hits = query.search(100)
        for (const hit of hits) expect(query.item(hit.id).evidence).toBe(hit.score)
        const positive = docs.filter(({ id }) => query.item(id).score > 0).map(({ id }) => id)
        expect(hits.map((hit) => hit.id).sort()).toEqual(positive.sort())
      }),
    )
  })
})
