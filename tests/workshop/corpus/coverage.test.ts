import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Corpus, parseCorpus } from '../../../src/engine/guides/corpus.ts'
import { readCorpus } from '../../../src/start/build.ts'
import { toCoverage, toCoverageMarkdown } from '../../../workshop/corpus/coverage.ts'
import { guideFile, lineOf, SOURCES_FILE } from '../../fixtures/guide-file.ts'

const NOW = new Date('2026-12-01T12:00:00Z')
const COVERAGE = `topics:
  - { number: 1, title: The number, facts: 2 }
  - { number: 2, title: The office, facts: 1 }
facts:
  F2.01: { confidence: seed, places: [{ guide: nss, language: en, quote: "The office opens from 8:00" }] }
  F1.02: { confidence: GK, leftOut: no source }
  F1.01:
    confidence: official
    places:
      - { guide: nss, language: en, quote: "The NSS has 11 digits and stays" }
      - { guide: nss, language: en, quote: "Web | a CURP plus an email" }
      - { guide: nss, language: en, quote: "The phone number is 800" }
contradictions:
  C1: { leftOut: "either | or" }
`

let guides: Corpus['guides']
beforeAll(async () => {
  guides = (await parseCorpus({ sources: SOURCES_FILE, guides: [guideFile()] }, NOW)).guides
})

function cover(...changes: readonly (readonly [from: string, to: string])[]) {
  let content = COVERAGE
  for (const [from, to] of changes) {
    if (!content.includes(from)) throw new Error(`the coverage does not hold "${from}"`)
    content = content.replace(from, () => to)
  }
  const file = { path: 'corpus/coverage.yaml', content }
  return { file, run: () => toCoverage(file, guides) }
}

describe('the coverage of the fact base', () => {
  it('is a table per topic, sorted by number, with the anchors of the quotes', () => {
    expect(cover().run()).toEqual([
      {
        title: '1. The number',
        rows: [
          {
            id: 'F1.01',
            confidence: 'official',
            passages: [
              { path: 'en/nss.md', anchor: 'top' },
              { path: 'en/nss.md', anchor: 'contact' },
            ],
          },
          { id: 'F1.02', confidence: 'GK', passages: [], leftOut: 'no source' },
        ],
      },
      {
        title: '2. The office',
        rows: [
          {
            id: 'F2.01',
            confidence: 'seed',
            passages: [{ path: 'en/nss.md', anchor: 'contact' }],
          },
        ],
      },
      {
        title: 'Contradictions',
        rows: [{ id: 'C1', passages: [], leftOut: 'either | or' }],
      },
    ])
  })

  it('is written with totals by confidence and a line per number', () => {
    const page = toCoverageMarkdown(cover().run())
    expect(page).toContain('| official | 1 | 1 | 0 |')
    expect(page).toContain('| GK | 1 | 0 | 1 |')
    expect(page).toContain('| contradictions | 1 | 0 | 1 |')
    expect(page).toContain('| all facts | 3 | 2 | 1 |')
    expect(page).toContain('| F1.01 | official | en/nss.md | nss#top, nss#contact |  |')
    expect(page).toContain('| C1 |  |  |  | either \\| or |')
  })

  it.each([
    ['nowhere', 'The office opens from 9:00', 'is in no block of en/nss.md'],
    ['across two blocks', '15:30.\\n- The phone number is', 'is in no block of en/nss.md'],
  ])('refuses a quote that is %s', (_, quote, message) => {
    const { run, file } = cover(['The office opens from 8:00', quote])
    const place = `corpus/coverage.yaml:${lineOf(file, 'F2.01')}: F2.01: `
    expect(run).toThrow(place)
    expect(run).toThrow(message)
  })

  it('refuses a quote that is in two blocks', async () => {
    const twice = guideFile([['The phone number is', 'The office opens from 8:00, its phone is']])
    const corpus = await parseCorpus({ sources: SOURCES_FILE, guides: [twice] }, NOW)
    const { file } = cover(['The phone number is 800', 'its phone is 800 623'])
    expect(() => toCoverage(file, corpus.guides)).toThrow('F2.01: "The office opens from 8:00"')
    expect(() => toCoverage(file, corpus.guides)).toThrow('is in 2 blocks')
  })

  it('refuses a quote of three words, of twenty-one words, or of a guide that is not there', () => {
    const quote = 'The office opens from 8:00'
    expect(cover([quote, 'The | office opens']).run).toThrow('4 to 20 words')
    expect(cover([quote, 'word '.repeat(21).trim()]).run).toThrow('4 to 20 words')
    expect(cover(['guide: nss', 'guide: curp']).run).toThrow('there is no guide en/curp.md')
    expect(cover(['language: en', 'language: es']).run).toThrow('there is no guide es/nss.md')
  })

  it('names numbers that are missing or belong to no topic', () => {
    const { run, file } = cover(['facts: 2 }', 'facts: 4 }'], ['C1:', 'C3:'], ['F2.01', 'F3.01'])
    for (const id of ['F1.03', 'F1.04', 'F2.01', 'C1', 'C2'])
      expect(run).toThrow(`${id} is missing`)
    expect(run).toThrow(`:${lineOf(file, 'F3.01')}: F3.01 is in no topic`)
    expect(cover(['facts: 2 }', 'facts: 1 }']).run).toThrow('F1.02 is in no topic')
  })

  it('asks for places or a reason, never both or neither', () => {
    const both = `leftOut: no source, places: [{ guide: nss, language: en, quote: "The NSS is free" }] }`
    expect(cover([', leftOut: no source }', ' }']).run).toThrow('F1.02: give places or leftOut')
    expect(cover(['leftOut: no source }', both]).run).toThrow('F1.02: give places or leftOut')
  })

  it('does not let general knowledge be published', () => {
    expect(cover(['confidence: official', 'confidence: GK']).run).toThrow('is not published')
  })
})

describe('the coverage of this corpus', () => {
  const path = 'corpus/coverage.yaml'
  const content = readFileSync(path, 'utf8')

  it('holds, and COVERAGE.md is what the script writes', async () => {
    const corpus = await parseCorpus(await readCorpus('corpus'), NOW)
    const tables = toCoverage({ path, content }, corpus.guides)
    const page = readFileSync('corpus/COVERAGE.md', 'utf8')
    expect(
      toCoverageMarkdown(tables) === page,
      'run `npm run corpus:coverage` and commit the result',
    ).toBe(true)
    const strong = tables
      .flatMap((table) => table.rows)
      .filter((row) => ['official', 'official-text', 'seed'].includes(row.confidence ?? ''))
    expect(strong.length).toBeGreaterThan(150)
    expect(strong.filter((row) => row.leftOut !== undefined)).toEqual([])
  })

  const bases = ['../shared/facts.md', '../shared/facts-2.md']
  const absent = bases.filter((base) => !existsSync(base))
  it.skipIf(absent.length > 0)(
    `has the numbers of the fact bases${absent.length === 0 ? '' : ` (${absent.join(', ')}: not here)`}`,
    () => {
      const numbers = (text: string, line: RegExp) => [...text.matchAll(line)].map(([, id]) => id)
      expect(numbers(content, /^ {2}(F[\d.]+):/gm)).toEqual(
        bases.flatMap((base) => numbers(readFileSync(base, 'utf8'), /^- (F[\d.]+) /gm)),
      )
    },
  )
})
