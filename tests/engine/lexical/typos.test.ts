import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { buildLexicalSnapshot, createLexicalIndex } from '../../../src/engine/lexical/bm25.ts'
import { createTypoMatcher, editDistance } from '../../../src/engine/lexical/typos.ts'
import { bestIds, scoresOf } from '../../fixtures/lexical.ts'

const terms = (word: string, ...known: string[]) =>
  createTypoMatcher(known)
    .match(word)
    .map(({ term }) => term)

describe('a word that no text holds', () => {
  it('is matched with the word that it is one typo away from', () => {
    expect(terms('touirst', 'tourist', 'tour')).toEqual(['tourist'])
    expect(terms('docter', 'doctor')).toEqual(['doctor'])
    expect(terms('recbo', 'recibo')).toEqual(['recibo'])
    expect(terms('passsport', 'passport')).toEqual(['passport'])
    expect(terms('crup', 'curp')).toEqual(['curp'])
  })

  it('may have two typos only from eight letters on, and then counts less', () => {
    expect(terms('rezidance', 'residence')).toEqual(['residence'])
    expect(terms('ofise', 'office')).toEqual([])
    const [one] = createTypoMatcher(['residence']).match('residense')
    const [two] = createTypoMatcher(['residence']).match('rezidense')
    expect(one?.weight).toBeLessThan(1)
    expect(two?.weight).toBeLessThan(one?.weight ?? 0)
  })

  it('is matched with the nearest words only, and with none when too many are equally near', () => {
    expect(terms('residense', 'residence', 'residents', 'presidency')).toEqual(['residence'])
    expect(terms('pact', 'part', 'pace', 'pack', 'past')).toEqual([])
  })

  it('has no match if it is a number, a code or a short word, and never one that begins differently', () => {
    expect(terms('2024', '2025')).toEqual([])
    expect(terms('imss02008', 'imss02009')).toEqual([])
    expect(terms('mod33', 'mod32')).toEqual([])
    expect(terms('sta', 'sat')).toEqual([])
    expect(terms('ralta', 'falta')).toEqual([])
  })

  it('has an edit distance that is the same in both directions and counts single edits', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(word, word, fc.nat(8), fc.nat(25), (a, b, at, letter) => {
        expect(editDistance(a, a, 2)).toBe(0)
        expect(editDistance(a, b, 20)).toBe(editDistance(b, a, 20))
        const place = at % (a.length + 1)
        const longer = a.slice(0, place) + String.fromCharCode(97 + letter) + a.slice(place)
        expect(editDistance(a, longer, 2)).toBe(1)
        // A limit changes nothing but where counting ends.
        for (const most of [0, 1, 2, 3])
          expect(editDistance(a, b, most)).toBe(Math.min(editDistance(a, b, 20), most + 1))
      }),
    )
  })
})

describe('the lexical index', () => {
  const documents = [
    'tourists get no number',
    'residents get a number',
    'call 8006232323 for help',
  ].map((text, i) => ({ id: `d${i + 1}`, language: 'en' as const, text }))
  const snapshot = buildLexicalSnapshot(documents, PROFILES)
  const index = createLexicalIndex(snapshot, { languages: PROFILES })
  const strict = createLexicalIndex(snapshot, { languages: PROFILES, tolerant: false })

  it('finds a misspelt word, with a lower score than the right spelling', async () => {
    const [right, wrong] = [index.query('tourist'), index.query('touirst')]
    expect(await bestIds(wrong)).toEqual(['d1'])
    const { bm25, coverage } = await scoresOf(wrong, 'd1')
    expect(bm25).toBeLessThan((await scoresOf(right, 'd1')).bm25)
    expect(coverage).toBeGreaterThan(0)
    expect(coverage).toBeLessThan(1)
    expect(wrong.readings.en?.get('touirst')?.map(({ term }) => term)).toEqual(['tourist'])
    expect(await bestIds(strict.query('touirst'))).toEqual([])
  })

  it('never exceeds the upper bound, and leaves known words alone', async () => {
    const query = index.query('touirst resdents numbr')
    for (const { id } of documents)
      expect((await scoresOf(query, id)).bm25).toBeLessThanOrEqual(query.upperBound.en ?? 0)
    expect(index.query('residents number').readings.en?.size).toBe(0)
    expect(await scoresOf(index.query('residents number'), 'd2')).toEqual(
      await scoresOf(strict.query('residents number'), 'd2'),
    )
  })

  it('never takes one number for another', async () => {
    expect(await bestIds(index.query('8006232324'))).toEqual([])
  })

  it("reports which share of the question's terms any text contains", () => {
    expect(index.query('tourists number').known.en).toBe(1)
    expect(index.query('quantum chromodynamics').known.en).toBe(0)
    const half = index.query('tourists chromodynamics').known.en
    expect(half).toBeGreaterThan(0)
    expect(half).toBeLessThan(1)
  })
})
