import fc from 'fast-check'
import { expect, it } from 'vitest'
import { pack } from '../../../src/engine/search/packing.ts'
import { candidate } from './candidates.ts'

const ranked = (...tokens: number[]) =>
  tokens.map((count, i) => candidate(1 - i / 100, { id: `p${i}`, tokens: count }))
const packed = (tokens: number[], limit: number, maxTokens: number) => {
  const { chosen, omitted } = pack(ranked(...tokens), limit, maxTokens)
  return [chosen.map((c) => c.passage.id), omitted.map((c) => c.passage.id)]
}

it('always returns the first passage, however long it is', () => {
  expect(packed([500], 5, 100)).toEqual([['p0'], []])
  expect(packed([500, 10], 5, 100)).toEqual([['p0'], ['p1']])
})

it('leaves out a passage that no longer fits and takes a smaller one further down', () => {
  expect(packed([50, 60, 40], 5, 100)).toEqual([['p0', 'p2'], ['p1']])
})

it('fills the budget to its last token', () => {
  expect(packed([50, 50, 1], 5, 100)).toEqual([['p0', 'p1'], ['p2']])
})

it('looks no further than the limit and counts only what is within it', () => {
  expect(packed([50, 60, 40, 1], 2, 100)).toEqual([['p0'], ['p1']])
  expect(packed([], 5, 100)).toEqual([[], []])
})

it('never exceeds the budget with more than one passage, and loses no passage', () => {
  const tokens = fc.array(fc.integer({ min: 1, max: 300 }), { maxLength: 12 })
  fc.assert(
    fc.property(
      tokens,
      fc.integer({ min: 1, max: 10 }),
      fc.integer({ min: 100, max: 900 }),
      (counts, limit, max) => {
        const { chosen, omitted } = pack(ranked(...counts), limit, max)
        const used = chosen.reduce((sum, c) => sum + c.passage.tokens, 0)
        if (chosen.length > 1) expect(used).toBeLessThanOrEqual(max)
        expect(chosen.length + omitted.length).toBe(Math.min(limit, counts.length))
        if (counts.length > 0) expect(chosen[0]?.passage.id).toBe('p0')
      },
    ),
    { seed: 1 },
  )
})
