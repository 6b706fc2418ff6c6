import { describe, expect, it } from 'vitest'
import { MAX_CITATIONS, MAX_QUOTE_CHARACTERS } from '../../src/core/verification.ts'
import { scan } from '../../src/verify/scan.ts'
import { realGuides } from '../fixtures/real-guides.ts'

/** Each is written to make a careless reader go back over what it has read. */
const HOSTILE = [
  'a',
  'a ',
  'the ',
  'de la ',
  'of the NSS ',
  '](',
  '[',
  '](a',
  '[^a',
  '[1, ',
  '<',
  '<a',
  '<https://a',
  '| ',
  '- ',
  '> ',
  '---x',
  '*_`~',
  '&nbsp',
  '...',
  '… the ',
  '1. ',
  '\n- [ ] ',
  '\n```',
  '\u00ad',
  '\u0301',
  '\ud83d\ude00',
  '\ud800',
]
const repeat = (unit: string, size: number) =>
  unit.repeat(Math.ceil(size / unit.length)).slice(0, size)

/** The least of several, so that what else the machine does counts little. */
function leastMs(task: () => void): number {
  return Math.min(
    ...Array.from({ length: 5 }, () => {
      const began = performance.now()
      task()
      return performance.now() - began
    }),
  )
}

describe('the time for a text', () => {
  it('grows as its length does, whatever it is made of', () => {
    for (const unit of HOSTILE) {
      const short = leastMs(() => scan(repeat(unit, 20_000)))
      const long = leastMs(() => scan(repeat(unit, 320_000)))
      // Sixteen times as long; a quadratic reader takes 256 times as long.
      expect(long, JSON.stringify(unit)).toBeLessThan(80 * Math.max(short, 0.5))
    }
  })

  it('stays bounded for a hundred of the longest hostile quotes', async () => {
    const { verifier } = await realGuides()
    for (const unit of HOSTILE) {
      const quote = repeat(unit, MAX_QUOTE_CHARACTERS)
      const citations = Array.from({ length: MAX_CITATIONS }, () => ({ quote }))
      const began = performance.now()
      const { results } = verifier.verify({ citations })
      expect(results).toHaveLength(MAX_CITATIONS)
      // A quadratic one takes minutes.
      expect(performance.now() - began, JSON.stringify(unit)).toBeLessThan(20_000)
    }
  }, 300_000)
})
