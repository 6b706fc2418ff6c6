import { describe, expect, it } from 'vitest'
import { toBlocks } from '../../../src/engine/guides/blocks.ts'
import { toCanonical } from '../../../src/engine/guides/canonical.ts'
import { parseMarkdown } from '../../../src/engine/guides/markdown.ts'
import { toSections, toSlug } from '../../../src/engine/guides/sections.ts'

const sectionsOf = (body: string, anchors: Record<string, string> = {}) => {
  const { text, marks } = toCanonical(body)
  return toSections(toBlocks(parseMarkdown(text), marks).blocks, anchors)
}
const anchorsOf = (body: string, anchors?: Record<string, string>) =>
  sectionsOf(body, anchors).map((section) => section.anchor)

describe('slugs', () => {
  it.each([
    ['If you have no CURP', 'if-you-have-no-curp'],
    ['¿Qué es el trámite? (Asignación)', 'que-es-el-tramite-asignacion'],
    ['  IMSS-02-008: año 2026!  ', 'imss-02-008-ano-2026'],
    ['¿¡…!?', 'section'],
  ])('are ASCII words joined by hyphens: %s', (heading, slug) => {
    expect(toSlug(heading)).toBe(slug)
  })
})

describe('sections', () => {
  it('begin at headings and carry the path of the headings above them', () => {
    const sections = sectionsOf('lead\n\n## A\n\na\n\n### B\n\nb\n\n#### C\n\n## D\n\nd')
    expect(sections.map((section) => section.headingPath)).toEqual([
      [],
      ['A'],
      ['A', 'B'],
      ['A', 'B', 'C'],
      ['D'],
    ])
    expect(sections.map((section) => section.blocks.length)).toEqual([1, 2, 2, 1, 2])
    expect(sections.map((section) => section.anchor)).toEqual(['top', 'a', 'b', 'c', 'd'])
  })

  it('leave a skipped heading level out of the path', () => {
    const paths = sectionsOf('## A\n\n#### B\n\n### C\n').map((section) => section.headingPath)
    expect(paths).toEqual([['A'], ['A', 'B'], ['A', 'C']])
  })

  it('give repeated headings numbered anchors', () => {
    expect(anchorsOf('## A\n\n## B\n\n## A\n\n## A')).toEqual(['a', 'b', 'a-2', 'a-3'])
    expect(anchorsOf('lead\n\n## Top\n\n## Top 2')).toEqual(['top', 'top-2', 'top-2-2'])
  })

  it('keep a declared anchor for its heading, even when an earlier heading has that slug', () => {
    expect(anchorsOf('## Cost\n\n## What it costs', { 'What it costs': 'cost' })).toEqual([
      'cost-2',
      'cost',
    ])
    expect(anchorsOf('## A\n\n## A', { A: 'x' })).toEqual(['x', 'x-2'])
  })

  it('do not mistake words like constructor for declared anchors', () => {
    expect(anchorsOf('## constructor\n\n## toString')).toEqual(['constructor', 'tostring'])
  })

  it('list each of their sources once, in order of appearance', () => {
    const sections = sectionsOf('## A\n\nx[^b]\n\n- y[^a]\n- z[^b]\n\n## B\n\nw')
    expect(sections.map((section) => section.sourceIds)).toEqual([['b', 'a'], []])
  })
})
