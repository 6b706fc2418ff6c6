import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { join, tag } from '../../../../workshop/evaluation/report/markup.ts'

describe('markup', () => {
  it('escapes text and attributes, and leaves markup as it is', () => {
    const inner = tag('b', { title: '"<&>\'' }, ['a < b & c'])
    expect(tag('p', { hidden: undefined }, [inner, 7]).markup).toBe(
      '<p><b title="&quot;&lt;&amp;&gt;&#39;">a &lt; b &amp; c</b>7</p>',
    )
  })

  it('never lets text open an element', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(join([text]).markup).not.toMatch(/[<>"']/)
      }),
    )
  })

  it('does not close what has no content', () => {
    expect(tag('meta', { charset: 'utf-8' }).markup).toBe('<meta charset="utf-8">')
  })
})
