import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { lineAt } from '../../../src/engine/core/span.ts'
import { toBlocks } from '../../../src/engine/guides/blocks.ts'
import { toCanonical } from '../../../src/engine/guides/canonical.ts'
import { parseMarkdown } from '../../../src/engine/guides/markdown.ts'

const textOf = (body: string) => toCanonical(body).text
/** Each mark with the canonical text that stands before it. */
const marksOf = (body: string) => {
  const { text, marks } = toCanonical(body)
  return marks.map((mark) => [mark.sourceId, text.slice(0, mark.at)])
}

describe('the canonical text', () => {
  it('loses marks together with the spaces before them', () => {
    expect(textOf('The NSS is free.[^a]')).toBe('The NSS is free.\n')
    expect(textOf('The NSS is free. \t [^a] [^b]\n')).toBe('The NSS is free.\n')
    expect(marksOf('Free.[^a] [^b]\n\nMore [^c]')).toEqual([
      ['a', 'Free.'],
      ['b', 'Free.'],
      ['c', 'Free.\n\nMore'],
    ])
  })

  it('loses marks inside emphasis, links, quotes, nested items and table cells', () => {
    expect(textOf('**so[^a]** and [here[^b]](https://x.mx)')).toBe(
      '**so** and [here](https://x.mx)\n',
    )
    expect(textOf('> quoted[^a]')).toBe('> quoted\n')
    expect(textOf('- one[^a]\n  - two [^b]\n- three')).toBe('- one\n  - two\n- three\n')
    const table = '| a | b |\n| --- | --- |\n| c | d[^x][^y] |\n| e | f [^z]'
    expect(textOf(table)).toBe('| a | b |\n| --- | --- |\n| c | d |\n| e | f\n')
    expect(marksOf(table).map(([id]) => id)).toEqual(['x', 'y', 'z'])
  })

  it('keeps escaped marks', () => {
    expect(textOf('write \\[^a] so')).toBe('write \\[^a] so\n')
    expect(marksOf('write \\[^a] so')).toEqual([])
    expect(textOf('a backslash \\\\[^a]')).toBe('a backslash \\\\\n')
    expect(textOf('both \\\\\\[^a]')).toBe('both \\\\\\[^a]\n')
  })

  it('keeps marks and comments inside code of every form', () => {
    for (const body of [
      'the form `[^a] <!-- b -->` stays\n',
      '`` ` [^a] ``\n',
      '```md\ntext[^a]\n<!-- b -->\n```\n',
      '~~~\n[^a] <!-- never closed\n',
      'text\n\n    indented [^a] <!-- b -->\n',
    ]) {
      expect(textOf(body)).toBe(body)
      expect(marksOf(body)).toEqual([])
    }
    expect(textOf('code `x`[^a]')).toBe('code `x`\n')
  })

  it('loses comments together with the marks inside them', () => {
    expect(textOf('one\n\n<!-- note [^a]\n\nstill -->\n\ntwo')).toBe('one\n\n\n\ntwo\n')
    expect(textOf('one <!-- a --><!-- b -->two')).toBe('one two\n')
    expect(marksOf('<!-- note [^a] -->\n\ntwo[^b]')).toEqual([['b', 'two']])
    expect(textOf('not \\<!-- a comment -->')).toBe('not \\<!-- a comment -->\n')
  })

  it('has no blank edges and ends with one line feed; an empty one stays empty', () => {
    expect(textOf('\n \n  text  \n\n\n')).toBe('  text\n')
    expect(textOf(' \n\n')).toBe('')
    expect(textOf('<!-- only this -->')).toBe('')
  })

  it('maps each mark and each offset back to the body', () => {
    const body = '\n\n<!-- two\nlines -->\n\none[^a]\n\n<!-- x -->\ntwo [^b]\n\nthree'
    const { text, marks, bodyOffsetOf } = toCanonical(body)
    expect(marks.map((mark) => lineAt(body, mark.bodyOffset))).toEqual([6, 9])
    for (const word of ['one', 'two', 'three']) {
      const offset = bodyOffsetOf(text.lastIndexOf(word))
      expect(body.slice(offset, offset + word.length)).toBe(word)
    }
  })

  it('gives marks in order, each inside a block or reported as stray, for any text', () => {
    const piece = fc.constantFrom(
      ...[
        'word ',
        'ñ',
        '[^a]',
        '`',
        '<!--',
        '-->',
        '\n',
        '\n\n',
        '- ',
        '| ',
        '\\',
        '> ',
        '    ',
        '🩺',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const body = pieces.join('')
        const { text, marks } = toCanonical(body)
        const ats = marks.map((mark) => mark.at)
        expect(ats).toEqual([...ats].sort((a, b) => a - b))
        const { blocks, strayMarks } = toBlocks(parseMarkdown(text), marks)
        const attached = blocks.flatMap((block) => block.parts.flatMap((part) => part.sourceIds))
        const found = new Set([...attached, ...strayMarks.map((mark) => mark.sourceId)])
        expect(found).toEqual(new Set(marks.map((mark) => mark.sourceId)))
        expect(text).toMatch(/^$|\S\n$/)
      }),
      { numRuns: 300 },
    )
  })
})
