import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFragmentFinder } from '../../../src/engine/core/fragment-search.ts'
import { fragmentDirective, toFragment } from '../../../src/engine/core/text-fragment.ts'

const words = (count: number) => Array.from({ length: count }, (_, i) => `w${i + 1}`).join(' ')

describe('a text fragment', () => {
  it('names a short text whole', () => {
    expect(toFragment(['The NSS is free'])).toEqual({ start: 'The NSS is free' })
    expect(toFragment([words(12)])).toEqual({ start: words(12) })
  })

  it('names a longer text by its first and last six words', () => {
    expect(toFragment([words(13)])).toEqual({
      start: 'w1 w2 w3 w4 w5 w6',
      end: 'w8 w9 w10 w11 w12 w13',
    })
  })

  it('takes the first words of the first block and the last of the last, never across blocks', () => {
    expect(toFragment(['Bring these:', 'a CURP', 'an email'])).toEqual({
      start: 'Bring these:',
      end: 'an email',
    })
  })

  it('collapses white space and skips empty blocks', () => {
    expect(toFragment(['', ' one \n two ', '  '])).toEqual({ start: 'one two' })
    expect(toFragment([])).toEqual({ start: '' })
  })

  it('encodes what the grammar reserves: comma, hyphen and ampersand, and all that is not ASCII', () => {
    expect(fragmentDirective({ start: 'IMSS-02-008, A & B', end: '¿Asignación?' })).toBe(
      ':~:text=IMSS%2D02%2D008%2C%20A%20%26%20B,%C2%BFAsignaci%C3%B3n%3F',
    )
  })

  it('marks prefix and suffix by a hyphen', () => {
    expect(fragmentDirective({ prefix: 'a-b', start: 's', end: 'e', suffix: 'z' })).toBe(
      ':~:text=a%2Db-,s,e,-z',
    )
  })

  it('decodes to its terms for any text', () => {
    const block = fc.string({ unit: 'grapheme' }).filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 3 }), (blocks) => {
        const fragment = toFragment(blocks)
        const terms = fragmentDirective(fragment).slice(':~:text='.length)
        expect(terms).not.toMatch(/[&\-\s]/)
        expect(terms.split(',').map(decodeURIComponent)).toEqual(Object.values(fragment))
      }),
    )
  })
})

describe('the first match of a fragment', () => {
  const page = ['It is free', 'Cost: it is free, they say', 'Álamo “x” 8', 'free']
  const { find } = createFragmentFinder(page)

  it('is the first in document order, whatever case, accents and quotes', () => {
    expect(find({ start: 'FREE' })?.from).toEqual({ block: 0, at: 6 })
    expect(find({ start: 'alamo "X"' })?.from).toEqual({ block: 2, at: 0 })
    expect(find({ start: 'nowhere' })).toBeUndefined()
  })

  it('is right after its prefix and right before its suffix, even in the next block', () => {
    expect(find({ prefix: 'Cost: it is', start: 'free' })?.from).toEqual({ block: 1, at: 12 })
    expect(find({ prefix: 'x” 8', start: 'free' })?.from).toEqual({ block: 3, at: 0 })
    expect(find({ start: 'free', suffix: ', they' })?.from.block).toBe(1)
    expect(find({ start: 'free', suffix: 'alamo' })).toBeUndefined()
  })

  it('reaches to the first end after its start', () => {
    expect(find({ start: 'Cost', end: 'free' })?.to).toEqual({ block: 1, at: 16 })
    expect(find({ start: 'Cost', end: 'free', suffix: 'nothing' })).toBeUndefined()
  })
})

describe('the fragment for a place', () => {
  it('includes the words around it only where the page has the same words earlier', () => {
    const finder = createFragmentFinder(['Fee', 'The fee is 5 pesos', 'The other fee is 5 pesos'])
    const place = (block: number, from: number, to: number) => ({
      from: { block, at: from },
      to: { block, at: to },
    })
    expect(finder.fragmentFor(place(1, 0, 18))).toEqual({ start: 'The fee is 5 pesos' })
    expect(finder.fragmentFor(place(1, 11, 18))).toEqual({ start: '5 pesos' })
    expect(finder.fragmentFor(place(2, 17, 24))).toEqual({
      prefix: 'other fee is',
      start: '5 pesos',
    })
  })

  it('does not exist where the page repeats everything', () => {
    const finder = createFragmentFinder(['a', 'b', 'a', 'b', 'a', 'b'])
    const later = { from: { block: 4, at: 0 }, to: { block: 4, at: 1 } }
    expect(finder.fragmentFor(later)).toBeUndefined()
  })

  it('leads back to the place, on any page', () => {
    const word = fc.constantFrom('a', 'b', 'c', 'año', 'd,')
    const block = fc.array(word, { minLength: 1, maxLength: 30 }).map((list) => list.join(' '))
    const pages = fc.array(block, { minLength: 1, maxLength: 6 })
    fc.assert(
      fc.property(pages, fc.nat(), fc.nat(), fc.nat(), fc.nat(), (blocks, b, e, f, t) => {
        const from = b % blocks.length
        const to = from + (e % (blocks.length - from))
        const starts = [...(blocks[from] ?? '').matchAll(/\S+/g)].map((m) => m.index)
        const ends = [...(blocks[to] ?? '').matchAll(/\S+/g)].map((m) => m.index + m[0].length)
        const start = starts[f % starts.length] ?? 0
        const end = ends[t % ends.length] ?? 0
        fc.pre(from < to || start < end)
        const place = { from: { block: from, at: start }, to: { block: to, at: end } }
        const finder = createFragmentFinder(blocks)
        const fragment = finder.fragmentFor(place)
        if (fragment) expect(finder.find(fragment)).toEqual(place)
      }),
    )
  })
})
