import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  formatQrels,
  formatRun,
  parseRun,
  parseTrecQrels,
  rankRun,
  separateTies,
} from '../../../workshop/evaluation/trec.ts'

const name = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 8 })
  .filter((text) => !/\s/.test(text))
/** A file does not tell -0 from 0. */
const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0)
const scoredList = (score = finite) =>
  fc.uniqueArray(fc.record({ id: name, score }), {
    selector: (hit) => hit.id,
    minLength: 1,
    maxLength: 12,
  })
const table = <T>(rows: fc.Arbitrary<T>) =>
  fc
    .uniqueArray(fc.tuple(name, rows), { selector: ([query]) => query, maxLength: 6 })
    .map((entries) => new Map(entries))
const fewScores = fc.constantFrom(1, 1 + 1e-9, 0.5, 0, -1, 0.1, 0.1 + 1e-10)

describe('a run file', () => {
  it('reads back as it was written', () => {
    fc.assert(
      fc.property(table(scoredList()), name, (run, tag) => {
        const content = formatRun(run, tag)
        expect(parseRun(content)).toEqual(run)
        expect(formatRun(parseRun(content), tag)).toBe(content)
      }),
    )
  })

  it('has six fields a line and counts ranks from one', () => {
    const run = new Map([
      [
        'q1',
        [
          { id: 'b', score: 0.5 },
          { id: 'a', score: 1e-7 },
        ],
      ],
    ])
    expect(formatRun(run, 'us')).toBe('q1 Q0 b 1 0.5 us\nq1 Q0 a 2 1e-7 us\n')
  })

  it('reads tabs, runs of blanks and Windows line ends', () => {
    expect(parseRun('q\tQ0  d 1 2.5 tag\r\n\r\n')).toEqual(
      new Map([['q', [{ id: 'd', score: 2.5 }]]]),
    )
  })

  it.each([
    ['q Q0 d 1 0.5', 'line 1'],
    ['q Q0 d 1 high tag', 'line 1'],
    ['q Q0 d 1 NaN tag', 'line 1'],
    ['q Q0 d 1 1e999 tag', 'line 1'],
    ['q Q0 d 1 2 tag\nq Q0 d 2 1 tag', 'line 2: d is listed twice for query q'],
  ])('is refused when it holds %j', (content, message) => {
    expect(() => parseRun(content)).toThrow(message)
  })

  it.each([
    ['a b', 1],
    ['', 1],
    ['a', Number.NaN],
    ['a', Number.POSITIVE_INFINITY],
  ])('cannot be written with document %j and score %s', (id, score) => {
    expect(() => formatRun(new Map([['q', [{ id, score }]]]), 'us')).toThrow()
    expect(() => formatRun(new Map([['q q', [{ id: 'a', score: 1 }]]]), 'us')).toThrow()
    expect(() => formatRun(new Map(), 'two words')).toThrow()
  })
})

describe('a qrels file', () => {
  it('reads back as it was written', () => {
    const grades = scoredList(fc.integer({ min: -2, max: 4 })).map(
      (rows) => new Map(rows.map(({ id, score }) => [id, score])),
    )
    fc.assert(
      fc.property(table(grades), (qrels) => {
        expect(parseTrecQrels(formatQrels(qrels))).toEqual(qrels)
      }),
    )
  })

  it.each(['q 0 d', 'q 0 d 0.5', 'q 0 d yes', 'q 0 d 1\nq 0 d 0'])('is refused: %j', (content) => {
    expect(() => parseTrecQrels(content)).toThrow(/line/)
  })

  it('cannot be written with half a grade', () => {
    expect(() => formatQrels(new Map([['q', new Map([['d', 0.5]])]]))).toThrow('grade of d is 0.5')
  })
})

describe('the order of a run', () => {
  it('is by score descending, then by document id descending as bytes', () => {
    const tied = ['d9', 'd10', 'd1', 'B', 'é', '～', '😀'].map((id) => ({ id, score: 1 }))
    expect(rankRun([...tied, { id: 'zz', score: 0.5 }, { id: 'a', score: 2 }])).toEqual([
      'a',
      '😀',
      '～',
      'é',
      'd9',
      'd10',
      'd1',
      'B',
      'zz',
    ])
  })

  it('takes scores that are one 32-bit float as tied', () => {
    const hits = [
      { id: 'a', score: 1 + 1e-9 },
      { id: 'b', score: 1 },
    ]
    expect(rankRun(hits)).toEqual(['b', 'a'])
  })

  it('stays as it was given once ties are set apart, through a file too', () => {
    fc.assert(
      fc.property(scoredList(fewScores), (hits) => {
        const ranked = [...hits].sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
        const apart = separateTies(ranked)
        expect(rankRun(apart)).toEqual(ranked.map((hit) => hit.id))
        const read = parseRun(formatRun(new Map([['q', apart]]), 'us')).get('q') ?? []
        expect(rankRun(read.toReversed())).toEqual(ranked.map((hit) => hit.id))
        for (const [i, { score }] of apart.entries())
          expect(Math.abs(score - (ranked[i]?.score ?? 0))).toBeLessThan(1e-5)
      }),
    )
  })
})
