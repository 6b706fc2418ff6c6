import { describe, expect, it } from 'vitest'
import { MAX_CITATIONS, MAX_QUOTE_CHARACTERS } from '../../../src/engine/core/verification.ts'
import { scan } from '../../../src/engine/verify/scan.ts'
import { realGuides } from '../../fixtures/real-guides.ts'

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

describe('the time for a text', () => {
  it('grows as its length does, whatever it is made of', () => {
    for (const unit of HOSTILE) {
      const began = performance.now()
      scan(repeat(unit, 320_000))
      // A reader that goes back takes 10^11 steps, which no machine does in this time.
      expect(performance.now() - began, JSON.stringify(unit)).toBeLessThan(15_000)
    }
  }, 300_000)

  it('stays bounded for a hundred of the longest quotes of one letter', async () => {
    const { verifier } = await realGuides()
    const quote = 'a'.repeat(MAX_QUOTE_CHARACTERS)
    const citations = Array.from({ length: MAX_CITATIONS }, () => ({ quote }))
    const began = performance.now()
    const { results } = verifier.verify({ citations })
    expect(results.every(({ verdict }) => verdict === 'not_found')).toBe(true)
    expect(performance.now() - began).toBeLessThan(15_000)
  })

  it('stays bounded for the longest hostile quotes', async () => {
    const { verifier } = await realGuides()
    for (const unit of HOSTILE) {
      const began = performance.now()
      verifier.verify({ citations: [{ quote: repeat(unit, MAX_QUOTE_CHARACTERS) }] })
      expect(performance.now() - began, JSON.stringify(unit)).toBeLessThan(15_000)
    }
  }, 300_000)
})
