import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseQuotes } from '../../../src/doors/cli/quotes.ts'

describe('the quotes that verify reads', () => {
  it('are a line each: after their guide, with a language, or alone', () => {
    const text = `
# a comment
nss: "800 623 2323"
nss.es :  «Es gratis»
imss-modalities: “It costs “nothing” at all”
The NSS is free
"Quoted: alone"
note: bring a copy
\t"with: colon" and more\r
`
    expect(parseQuotes(text)).toEqual([
      { guide: 'nss', quote: '800 623 2323' },
      { guide: 'nss', language: 'es', quote: 'Es gratis' },
      { guide: 'imss-modalities', quote: 'It costs “nothing” at all' },
      { quote: 'The NSS is free' },
      { quote: 'Quoted: alone' },
      { quote: 'note: bring a copy' },
      { quote: '"with: colon" and more' },
    ])
  })

  it('are JSON in the form of POST /verify, or only its list of citations', () => {
    const citations = [{ quote: 'x', passage: 'nss.en.top.abcdef' }, { quote: 'y' }]
    expect(parseQuotes(JSON.stringify({ citations }))).toEqual(citations)
    expect(parseQuotes(` ${JSON.stringify(citations)}\n`)).toEqual(citations)
  })

  it.each([
    ['', /no quote to check/],
    ['# only a comment', /no quote to check/],
    ['[]', /no quote to check/],
    ['{"citations":', /not JSON/],
    ['[{"quote":""}]', /0\.quote/],
    ['[{"quote":"x","guide":"a","url":"b"}]', /name one of/],
    ['[{"text":"x"}]', /0\.quote|unknown field/],
    ['fine\nnss.fr: "x"', /^line 2: language/],
    [`a: "${'x'.repeat(5001)}"`, /^line 1: quote/],
  ])('that are wrong are named: %j', (text, message) => {
    expect(() => parseQuotes(text)).toThrow(message)
  })

  it('are returned whole, whatever is between the quotation marks', () => {
    const quote = fc
      .string({ minLength: 1, maxLength: 80 })
      .filter((text) => !/[\r\n]/.test(text) && text.trim() !== '')
    fc.assert(
      fc.property(quote, (text) => {
        expect(parseQuotes(`nss: "${text}"`)).toEqual([{ guide: 'nss', quote: text }])
      }),
    )
  })
})
