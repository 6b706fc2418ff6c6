import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createLangchainSplitter } from '../../../src/engine/adapters/splitters/langchain.ts'
import { type ChunkBudget, chunkGuide } from '../../../src/engine/chunking/chunk.ts'
import type { CountTokens } from '../../../src/engine/core/embedder.ts'
import type { Guide } from '../../../src/engine/core/guide.ts'
import { countPieces, countWords } from '../../contracts/splitter.ts'
import { guideOf, markdown } from '../../fixtures/random-markdown.ts'
import { toSentences } from '../../fixtures/sentences.ts'

const BUDGET: ChunkBudget = { aimMin: 6, aimMax: 14, max: 20 }
const SILENT = ['heading', 'definition', 'rule']

const chunk = (guide: Guide, countTokens: CountTokens = countWords, budget = BUDGET) =>
  chunkGuide(guide, {
    countTokens,
    splitText: createLangchainSplitter({ countTokens, toSentences }),
    budget,
  })
const textsOf = async (body: string) =>
  (await chunk(await guideOf(body))).map((passage) => passage.text)
const words = (count: number, word = 'w') =>
  Array.from({ length: count }, (_, i) => `${word}${i + 1}`).join(' ')

describe('the passages of any Markdown', () => {
  const check = (property: (guide: Guide, countTokens: CountTokens) => Promise<void>, runs = 80) =>
    fc.assert(
      fc.asyncProperty(markdown, fc.constantFrom(countWords, countPieces), async (body, count) =>
        property(await guideOf(body), count),
      ),
      { numRuns: runs },
    )

  it('are exact slices of the text, in order, without overlap and without white space at their edges', () =>
    check(async (guide, countTokens) => {
      let at = 0
      for (const passage of await chunk(guide, countTokens)) {
        expect(guide.text.slice(passage.start, passage.end)).toBe(passage.text)
        expect(passage.text.trimEnd()).toBe(passage.text)
        expect(passage.text.trim()).not.toBe('')
        expect(passage.start).toBeGreaterThanOrEqual(at)
        at = passage.end
      }
    }))

  it('cover every block that is not a heading, a definition or a rule, up to white space', () =>
    check(async (guide, countTokens) => {
      const passages = await chunk(guide, countTokens)
      for (const block of guide.sections.flatMap((section) => section.blocks)) {
        if (SILENT.includes(block.kind)) continue
        let rest = guide.text.slice(block.span.start, block.span.end)
        for (const { start, end } of passages) {
          const from = Math.max(start, block.span.start) - block.span.start
          const to = Math.min(end, block.span.end) - block.span.start
          if (to > from) rest = rest.slice(0, from) + ' '.repeat(to - from) + rest.slice(to)
        }
        expect(rest.trim()).toBe('')
      }
    }))

  it('stay within their section and never hold a heading', () =>
    check(async (guide, countTokens) => {
      for (const passage of await chunk(guide, countTokens)) {
        const section = guide.sections.find((candidate) => candidate.anchor === passage.anchor)
        expect(passage.headingPath).toEqual(section?.headingPath)
        const [first, last] = [section?.blocks[0], section?.blocks.at(-1)]
        expect(passage.start).toBeGreaterThanOrEqual(
          (first?.kind === 'heading' ? first.span.end : first?.span.start) ?? 0,
        )
        expect(passage.end).toBeLessThanOrEqual(last?.span.end ?? 0)
      }
    }))

  it('count their tokens and stay within the budget, unless they are a single character', () =>
    check(async (guide, countTokens) => {
      for (const passage of await chunk(guide, countTokens)) {
        expect(passage.tokens).toBe(countTokens(passage.text))
        if ([...passage.text].length > 1) expect(passage.tokens).toBeLessThanOrEqual(BUDGET.max)
      }
    }))

  it('have unique ids that stay when a section is inserted elsewhere', () =>
    check(async (guide, countTokens) => {
      const ids = (await chunk(guide, countTokens)).map((passage) => passage.id)
      expect(new Set(ids).size).toBe(ids.length)
      const longer = await guideOf(`${guide.text}\n\n## Zzz inserted\n\nOne more paragraph.\n`)
      const after = (await chunk(longer, countTokens)).map((passage) => passage.id)
      if (!guide.text.includes('```')) expect(after.slice(0, ids.length)).toEqual(ids)
    }))
})

describe('passages', () => {
  it('keep their ids when a paragraph is inserted in front of their section', async () => {
    const body = '## A\n\nalpha beta.\n\n## B\n\ngamma delta.\n\n## C\n\nlast one.'
    const before = await chunk(await guideOf(body))
    const after = await chunk(await guideOf(body.replace('## B', 'A new paragraph.\n\n## B')))
    expect(after.map(({ id }) => id).slice(1)).toEqual(before.map(({ id }) => id).slice(1))
    expect(before[1]?.id).toMatch(/^nss\.en\.b\.[0-9a-f]{6}$/)
    expect(after[1]?.start).not.toBe(before[1]?.start)
  })

  it('get a number in their id when the same text occurs twice under one heading', async () => {
    const ids = (await chunk(await guideOf(`## A\n\n${words(15)}\n\n${words(15)}`))).map(
      (p) => p.id,
    )
    expect(ids[1]).toBe(`${ids[0]}-2`)
  })

  it('join short blocks up to the aim and keep the introduction of a list with it', async () => {
    expect(await textsOf(`a b c.\n\nd e f.\n\n${words(12)}`)).toEqual([
      'a b c.\n\nd e f.',
      words(12),
    ])
    const list = `- ${words(8)}`
    expect(await textsOf(`${words(9, 'x')}:\n\n${list}`)).toEqual([`${words(9, 'x')}:\n\n${list}`])
    expect(await textsOf(`${words(9, 'x')}.\n\n${list}`)).toHaveLength(2)
  })

  it('keep a table whole while it fits, else cut it between rows with the header as context', async () => {
    const row = (n: number) => `| r${n} a b c | d e |`
    const table = (rows: number) =>
      ['| head | two |', '| --- | --- |', ...Array.from({ length: rows }, (_, i) => row(i))].join(
        '\n',
      )
    const whole = await chunk(await guideOf(table(0)))
    expect(whole.map((passage) => passage.text)).toEqual([table(0)])
    const cut = await chunk(await guideOf(`## T\n\n${table(4)}`))
    expect(cut.map((passage) => passage.text)).toEqual([table(1), row(1), row(2), row(3)])
    expect(cut[0]?.context).toBe('Getting your NSS > T')
    expect(cut[1]?.context).toBe('Getting your NSS > T\n\n| head | two |')
  })

  it('cut an over-long list between items and an over-long paragraph between sentences', async () => {
    const items = [1, 2, 3].map((n) => `- ${words(9, `i${n}.`)}`)
    expect(await textsOf(items.join('\n'))).toEqual(items)
    const sentences = ['S', 'T', 'U'].map((letter) => `${words(9, letter)}.`)
    expect(await textsOf(sentences.join(' '))).toEqual([
      `${sentences[0]} ${sentences[1]}`,
      sentences[2],
    ])
  })

  it('carry the sources of their own parts, or else those of the section, marked as inherited', async () => {
    const guide = await guideOf(
      `## A\n\n- ${words(12)}[^one]\n- ${words(12, 'v')}[^two]\n\n${words(16, 'u')}`,
    )
    expect((await chunk(guide)).map((passage) => passage.sources)).toEqual([
      [{ id: 'one', inherited: false }],
      [{ id: 'two', inherited: false }],
      [
        { id: 'one', inherited: true },
        { id: 'two', inherited: true },
      ],
    ])
  })

  it('do not exist for an empty guide or one of headings alone', async () => {
    expect(await textsOf('')).toEqual([])
    expect(await textsOf('## A\n\n***\n\n### B\n\n[x]: https://x.mx')).toEqual([])
  })
})
