import { describe, expect, it } from 'vitest'
import { MAX_CITATIONS, MAX_QUOTE_CHARACTERS } from '../../../src/engine/core/verification.ts'
import { scan } from '../../../src/engine/verify/scan.ts'
import { growth, LINEAR } from '../../fixtures/growth.ts'
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
  it('grows linearly with its length, whatever it consists of', () => {
    for (const unit of HOSTILE) {
      const text = repeat(unit, 320_000)
      const times = growth((size) => scan(text.slice(0, size)), text.length)
      expect(times, JSON.stringify(unit)).toBeLessThan(LINEAR)
    }
  }, 300_000)

  it('is short enough to check a hundred quotes of the greatest length, all one letter', async () => {
    const { verifier } = await realGuides()
    const quote = 'a'.repeat(MAX_QUOTE_CHARACTERS)
    const citations = Array.from({ length: MAX_CITATIONS }, () => ({ quote }))
    const { results } = verifier.verify({ citations })
    expect(results.every(({ verdict }) => verdict === 'not_found')).toBe(true)
  }, 300_000)

  it('grows linearly with the length of a hostile quote', async () => {
    const { verifier } = await realGuides()
    for (const unit of HOSTILE) {
      const quote = repeat(unit, MAX_QUOTE_CHARACTERS)
      const times = growth((size) => {
        verifier.verify({ citations: [{ quote: quote.slice(0, size) }] })
      }, quote.length)
      expect(times, JSON.stringify(unit)).toBeLessThan(LINEAR)
    }
  }, 300_000)
})
