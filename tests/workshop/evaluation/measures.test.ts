/** Against trec_eval's own code: see tests/fixtures/ir-measures.py, which made the fixture. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import {
  averagePrecision,
  mean,
  ndcgAt,
  precisionAt,
  recallAt,
  reciprocalRankAt,
  successAt,
} from '../../../workshop/evaluation/measures.ts'
import { type Measure, measureQueries } from '../../../workshop/evaluation/summary.ts'
import { parseRun, parseTrecQrels, rankRun } from '../../../workshop/evaluation/trec.ts'

const figures = z.record(z.string(), z.number())
const { cases } = z
  .object({
    cases: z
      .array(
        z.object({
          name: z.string(),
          qrels: z.array(z.string()),
          run: z.array(z.string()),
          queries: z.record(z.string(), figures),
          mean: figures,
        }),
      )
      .min(7),
  })
  .parse(JSON.parse(readFileSync('tests/fixtures/ir-measures.json', 'utf8')))

const AT: Record<string, typeof ndcgAt> = {
  nDCG: ndcgAt,
  R: recallAt,
  P: precisionAt,
  Success: successAt,
  RR: reciprocalRankAt,
}

function measureOf(name: string): Measure {
  if (name === 'AP') return averagePrecision
  const [family = '', cut] = name.split('@')
  const measure = AT[family]
  if (!measure) throw new Error(`the fixture has a measure without a function: ${name}`)
  const k = cut === undefined ? Number.POSITIVE_INFINITY : Number(cut)
  return (ranked, judgments) => measure(ranked, judgments, k)
}

describe.each(cases)('the measures on "$name"', ({ qrels, run, queries, mean: means }) => {
  const judged = parseTrecQrels(qrels.join('\n'))
  const rankings = new Map([...parseRun(run.join('\n'))].map(([id, hits]) => [id, rankRun(hits)]))

  it.each(Object.keys(means))('give what trec_eval gives for %s', (name) => {
    const values = measureQueries(rankings, judged, measureOf(name))
    expect([...values.keys()].sort()).toEqual(Object.keys(queries).sort())
    for (const [query, value] of values) {
      expect(Math.abs(value - (queries[query]?.[name] ?? Number.NaN)), query).toBeLessThan(1e-9)
    }
    expect(Math.abs(mean([...values.values()]) - (means[name] ?? Number.NaN))).toBeLessThan(1e-9)
  })
})

describe('the measures', () => {
  it('are compared on every family at every cut', () => {
    expect(Object.keys(cases[0]?.mean ?? {})).toHaveLength(2 + 5 * 5)
  })

  it('give nothing where nothing is relevant or nothing was found', () => {
    const none = new Map([['a', 0]])
    const one = new Map([['a', 1]])
    for (const measure of Object.values(AT)) {
      expect(measure(['a'], none, 10)).toBe(0)
      expect(measure([], one, 10)).toBe(0)
    }
    expect(averagePrecision(['a'], none)).toBe(0)
    expect(averagePrecision([], one)).toBe(0)
    expect(mean([])).toBe(0)
  })
})
