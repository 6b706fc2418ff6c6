import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fragmentDirective, toFragment } from '../../src/core/text-fragment.ts'

const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i + 1}`).join(' ')

describe('a text fragment', () => {
  it('names a short text whole', () => {
    expect(toFragment(['The NSS is free'])).toEqual(['The NSS is free'])
    expect(toFragment([words(12)])).toEqual([words(12)])
  })

  it('names a longer text by its first and last six words', () => {
    expect(toFragment([words(13)])).toEqual(['w1 w2 w3 w4 w5 w6', 'w8 w9 w10 w11 w12 w13'])
  })

  it('takes the first words of the first block and the last of the last, never across blocks', () => {
    expect(toFragment(['Bring these:', 'a CURP', 'an email'])).toEqual(['Bring these:', 'an email'])
  })

  it('collapses white space and skips empty blocks', () => {
    expect(toFragment(['', ' one \n two ', '  '])).toEqual(['one two'])
    expect(toFragment([])).toEqual([''])
  })

  it('encodes what the grammar reserves: comma, hyphen and ampersand, and all that is not ASCII', () => {
    expect(fragmentDirective(['IMSS-02-008, A & B', '¿Asignación?'])).toBe(
      ':~:text=IMSS%2D02%2D008%2C%20A%20%26%20B,%C2%BFAsignaci%C3%B3n%3F',
    )
  })

  it('decodes to its terms for any text', () => {
    const block = fc.string({ unit: 'grapheme' }).filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), (blocks) => {
        const fragment = toFragment(blocks)
        const directive = fragmentDirective(fragment)
        const terms = directive.slice(':~:text='.length)
        expect(terms).not.toMatch(/[&\-\s]/)
        expect(terms.split(',').map(decodeURIComponent)).toEqual(fragment)
      }),
    )
  })
})
