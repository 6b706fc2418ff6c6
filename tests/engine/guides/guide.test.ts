import { describe, expect, it } from 'vitest'
import { sha256Hex } from '../../../src/engine/core/hash.ts'
import { parseGuide } from '../../../src/engine/guides/guide.ts'
import { guideFile, lineOf, SOURCES } from '../../fixtures/guide-file.ts'

type Change = readonly [from: string, to: string]

/** Lines of the fault that a changed guide raises. */
async function faultsOf(...changes: readonly Change[]): Promise<string[]> {
  const error = await parseGuide(guideFile(changes), SOURCES).then(
    () => undefined,
    (reason) => reason,
  )
  expect(error).toMatchObject({ name: 'RetrievalError', code: 'guide_invalid' })
  return error.message.split('\n')
}

/** Expects exactly one fault, on the line that holds a text, with some words. */
async function expectFault(at: string, words: string, ...changes: readonly Change[]) {
  const faults = await faultsOf(...changes)
  expect(faults).toHaveLength(1)
  expect(faults[0]).toContain(`corpus/en/nss.md:${lineOf(guideFile(changes), at)}: `)
  expect(faults[0]).toContain(words)
}

describe('a guide', () => {
  it('parses to text, hash and sections', async () => {
    const { guide } = await parseGuide(guideFile(), SOURCES)
    expect(guide.text).not.toMatch(/\[\^|\r|^---/)
    expect(guide.sha256).toBe(await sha256Hex(guide.text))
    expect(guide.sections.map((section) => [section.anchor, section.sourceIds])).toEqual([
      ['top', ['imss']],
      ['what-it-costs', ['news']],
      ['contact', ['imss', 'news']],
    ])
  })

  it('is the same with LF and with CRLF', async () => {
    const file = guideFile()
    const windows = { ...file, content: `\uFEFF${file.content.replaceAll('\n', '\r\n')}` }
    const [a, b] = [await parseGuide(windows, SOURCES), await parseGuide(file, SOURCES)]
    expect(a.guide).toEqual(b.guide)
  })

  it('names the line of an unknown source mark', async () => {
    await expectFault('free.[^news][^nowhere]', '[^nowhere] is not in sources.yaml', [
      'free.[^news]',
      'free.[^news][^nowhere]',
    ])
  })

  it('names the right line below comments and repeated marks', async () => {
    await expectFault('[^nowhere]', '[^nowhere]', [
      'The NSS is free.[^news]',
      '<!-- one\ntwo [^spare] -->\n\nThe NSS is free.[^news]\n\nMore.[^nowhere]',
    ])
  })

  it('refuses a mark in a heading or on a line of its own', async () => {
    await expectFault('## What', 'is in a heading or on its own', [
      '## What it costs',
      '## What it costs [^news]',
    ])
    const alone: Change = ['## Hours and phone', '[^news]\n\n## Hours and phone']
    const faults = await faultsOf(alone)
    expect(faults).toHaveLength(1)
    const line = lineOf(guideFile([alone]), '## Hours and phone') - 2
    expect(faults[0]).toContain(`corpus/en/nss.md:${line}: source mark [^news] is in a heading`)
  })

  it('names marked sources that the front matter does not declare', async () => {
    await expectFault('sources:', '[^spare] marks a block but is not listed', [
      'stays for life.[^imss]',
      'stays for life.[^imss][^spare]',
    ])
  })

  it('names declared sources that mark no block or do not exist', async () => {
    const used: Change = ['  - { id: news,', '  - { id: spare, usedFor: nothing }\n  - { id: news,']
    await expectFault('id: spare', 'spare marks no block', used)
    const ghost: Change = [
      '  - { id: news,',
      '  - { id: ghost, usedFor: nothing }\n  - { id: news,',
    ]
    const faults = await faultsOf(ghost)
    expect(faults.map((fault) => fault.includes('ghost'))).toEqual([true, true])
  })

  it('names the section without a source', async () => {
    await expectFault('## Empty words', 'section "Empty words" has no source', [
      '## Hours and phone',
      '## Empty words\n\nNobody vouches for this.\n\n## Hours and phone',
    ])
  })

  it('accepts a heading without a source if only other headings are below it', async () => {
    const file = guideFile([['## Hours and phone', '## Contact\n\n### Hours and phone']])
    expect((await parseGuide(file, SOURCES)).guide.sections).toHaveLength(4)
  })

  it('names the line of HTML, in a block or in a sentence', async () => {
    await expectFault('<div>', 'HTML in the body', ['## Hours', '<div>\nx\n</div>\n\n## Hours'])
    await expectFault('<br>', 'HTML in the body', ['is free.', 'is free.<br>Yes.'])
  })

  it('names the line of a heading of level 1', async () => {
    await expectFault('# What it costs', 'has level 1', ['## What it', '# What it'])
  })

  it('names a declared anchor whose heading does not exist', async () => {
    await expectFault('anchors:', 'no heading has the text "Old heading"', [
      'anchors: { ',
      'anchors: { Old heading: old, ',
    ])
  })

  it('names a core question whose answer is not a section', async () => {
    await expectFault('coreQuestions:', 'no section has the anchor "price"', [
      'What does it cost,',
      '{ question: What does it cost, answer: price },',
    ])
    const file = guideFile([['When is it open', '{ question: When is it open, answer: contact }']])
    const { guide } = await parseGuide(file, SOURCES)
    expect(guide.meta.quickScan.coreQuestions[2]).toEqual({
      question: 'When is it open',
      answer: 'contact',
    })
  })

  it('collects all faults of a guide at once', async () => {
    const faults = await faultsOf(
      ['free.[^news]', 'free.[^news][^nowhere]'],
      ['anchors: { ', 'anchors: { Old heading: old, '],
      ['value: free', 'value: gratis'],
    )
    expect(faults).toHaveLength(3)
  })
})

describe('a fact', () => {
  it('has its value inside its quote', async () => {
    await expectFault('nss.cost', 'value "gratis" is not in its quote', [
      'value: free',
      'value: gratis',
    ])
  })

  it('has a quote that is in the text, character for character', async () => {
    await expectFault('nss.cost', 'is in no block', [
      'quote: The NSS is free',
      'quote: The NSS is  free',
    ])
    await expectFault('nss.cost', 'is in no block', ['The NSS is free.[^', 'The NSS is _free_.[^'])
  })

  it('has a quote within one paragraph, item or row, not across two', async () => {
    const faults = await faultsOf([
      'quote: "opens from 8:00 to 15:30"',
      'quote: "opens from 8:00 to 15:30.\\n- The phone"',
    ])
    expect(faults.join('\n')).toContain('is in no block')
  })

  it('has a quote that occurs in one block only', async () => {
    await expectFault('nss.cost', 'is in 2 blocks', [
      '## Hours and phone',
      'Again: The NSS is free.[^news]\n\n## Hours and phone',
    ])
  })

  it('rests on a source that its own block is marked with', async () => {
    await expectFault('nss.cost', 'is not marked with its source [^imss]', [
      'value: free, source: news',
      'value: free, source: imss',
    ])
    await expectFault('nss.hours', 'is not marked with its source [^news]', [
      'value: "8:00 to 15:30", source: imss',
      'value: "8:00 to 15:30", source: news',
    ])
  })
})
