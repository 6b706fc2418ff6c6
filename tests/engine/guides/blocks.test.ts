import { describe, expect, it } from 'vitest'
import { sliceSpan } from '../../../src/engine/core/span.ts'
import { partsWithin, toBlocks } from '../../../src/engine/guides/blocks.ts'
import { toCanonical } from '../../../src/engine/guides/canonical.ts'
import { parseMarkdown } from '../../../src/engine/guides/markdown.ts'
import { shownBlocks } from '../../../src/engine/guides/shown-text.ts'

const blocksOf = (body: string) => {
  const { text, marks } = toCanonical(body)
  const { blocks, strayMarks } = toBlocks(parseMarkdown(text), marks)
  const parts = blocks.flatMap((block) =>
    block.parts.map((part) => [sliceSpan(text, part.span), ...part.sourceIds]),
  )
  return { text, blocks, parts, strayMarks: strayMarks.map((mark) => mark.sourceId) }
}

describe('blocks', () => {
  it('are the top-level pieces of the text, each with its kind and exact span', () => {
    const pieces = {
      heading: '## Routes',
      paragraph: 'Two lines\nof one paragraph.',
      list: '1. one\n   - nested\n2. two',
      table: '| a | b |\n| --- | --- |\n| c | d |',
      quote: '> said\n> so',
      code: '```\nx\n```',
      html: '<div>\nx\n</div>',
      rule: '***',
      definition: '[x]: https://x.mx',
    }
    const { text, blocks } = blocksOf(Object.values(pieces).join('\n\n'))
    expect(blocks.map((block) => [block.kind, sliceSpan(text, block.span)])).toEqual(
      Object.entries(pieces),
    )
  })

  it('have the depth and the plain title of a heading, which has no parts', () => {
    const { blocks } = blocksOf('### The `NSS` and **you** &amp; me ###')
    expect(blocks).toMatchObject([{ depth: 3, title: 'The NSS and you & me', parts: [] }])
  })

  it('attach marks to the list item or table row, not to the whole block', () => {
    const { parts } = blocksOf(
      '- one[^a]\n- two\n  - inner[^b][^a]\n\n| h | i |\n| - | - |\n| r | s[^c] |\n| t | u |\n\nlast[^d] words[^d]',
    )
    expect(parts).toEqual([
      ['- one', 'a'],
      ['- two\n  - inner', 'b', 'a'],
      ['| h | i |'],
      ['| r | s |', 'c'],
      ['| t | u |'],
      ['last words', 'd'],
    ])
  })

  it('report marks in headings, on lines of their own and before any text as stray', () => {
    expect(blocksOf('## Title[^a]\n\ntext').strayMarks).toEqual(['a'])
    expect(blocksOf('text\n\n[^b]').strayMarks).toEqual(['b'])
    expect(blocksOf('text\n\n[^c] more').strayMarks).toEqual(['c'])
    expect(blocksOf('text[^e]').strayMarks).toEqual([])
  })

  it('find the parts inside a span', () => {
    const { text, blocks } = blocksOf('- one\n- two\n- three')
    const within = partsWithin(blocks, { start: text.indexOf('- two'), end: text.length })
    expect(within.map((part) => sliceSpan(text, part.span))).toEqual(['- two', '- three'])
  })
})

describe('the plain text of Markdown', () => {
  const textsOf = (markdown: string) => shownBlocks(markdown).map((block) => block.text)

  it('lists what a browser shows of each paragraph, item, cell and code block', () => {
    expect(
      textsOf(
        '# T *x*\n\n- a [link](https://x.mx)\n  - b `c`\n\n| d | e |\n| - | - |\n| f | |\n\n> g\n\n```\nh\n```',
      ),
    ).toEqual(['T x', 'a link', 'b c', 'd', 'e', 'f', 'g', 'h'])
  })

  it('keeps the words around a hard break apart and leaves out alternative texts and tags', () => {
    expect(textsOf('one  \ntwo\\\nthree')).toEqual(['one', 'two', 'three'])
    expect(textsOf('see ![the map](m.png)here <b>now</b>')).toEqual(['see here now'])
  })
})
