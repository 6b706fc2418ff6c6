import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { readCorpus } from '../../../src/start/build.ts'
import { findSharedRuns, parseFixedTerms } from '../../../workshop/corpus/own-words.ts'
import { guideFile, lineOf } from '../../fixtures/guide-file.ts'

function terms(...names: readonly string[]) {
  const content = `{ names: ${JSON.stringify(names)}, titles: [], addresses: [], laws: [], terms: [] }`
  return parseFixedTerms({ path: 'corpus/fixed-terms.yaml', content })
}
const runs = (other: string, ...names: readonly string[]) =>
  findSharedRuns([guideFile()], other, terms(...names)).map((run) => run.words)

describe('own words', () => {
  it('names file, line and words of a run of five words, whatever its case and marks', () => {
    const file = guideFile()
    expect(findSharedRuns([file], '- It HAS 11 digits, and stays [X].', terms())).toEqual([
      {
        path: 'corpus/en/nss.md',
        line: lineOf(file, 'The NSS has 11 digits and'),
        words: 'has 11 digits and stays',
      },
    ])
  })

  it('accepts four words in common', () => {
    expect(runs('11 digits and stays, more or less')).toEqual([])
  })

  it('joins runs that overlap', () => {
    expect(runs('So 11 digits and stays for life, they say.')).toEqual([
      '11 digits and stays for life',
    ])
  })

  it('reads the front matter too', () => {
    const file = guideFile([['How to get the number', 'How to get the number for yourself']])
    expect(findSharedRuns([file], 'how to get the number', terms())).toEqual([
      { path: file.path, line: lineOf(file, 'for yourself'), words: 'how to get the number' },
    ])
  })

  it('does not join words of two paragraphs, items or rows', () => {
    expect(runs('- The NSS has\n- 11 digits and stays for life')).toEqual([
      '11 digits and stays for life',
    ])
    expect(runs('The NSS has\n\n11 digits')).toEqual([])
  })

  it('counts an address, a code or a number with its separators as one word', () => {
    const shared = 'opens imss.gob.mx/tramites/imss02008 or IMSS-02-066-G from 8:00 to'
    const file = guideFile([['- The office', `- It ${shared} 14:00.[^imss]\n- The office`]])
    expect(findSharedRuns([file], shared, terms()).map((run) => run.words)).toEqual([
      'opens imss.gob.mx/tramites/imss02008 or imss-02-066-g from 8:00 to',
    ])
    expect(
      findSharedRuns([file], 'imss.gob.mx/tramites/imss02008 or IMSS-02-066-G', terms()),
    ).toEqual([])
  })

  it('counts a fixed term as one word, the longest first', () => {
    const other = 'The phone number is 800 623 2323 today'
    expect(runs(other)).toEqual(['the phone number is 800 623 2323'])
    expect(runs(other, '800 623 2323')).toEqual(['the phone number is 800 623 2323'])
    expect(runs(other, '800 623 2323', 'Phone number')).toEqual([])
    expect(runs(other, 'Phone number', 'phone number is 800 623 2323')).toEqual([])
  })

  it('names the line of a fixed term that does not fit', () => {
    const parse = (content: string) => parseFixedTerms({ path: 'terms.yaml', content })
    expect(() => parse('names: [""]\ntitles: []\n')).toThrow('terms.yaml:1: names.0: ')
  })
})

const base = '../shared/facts.md'
describe('the guides of this project', () => {
  it.skipIf(!existsSync(base))(
    `share no run of words with the fact base${existsSync(base) ? '' : ` (${base} is not here)`}`,
    async () => {
      const path = 'corpus/fixed-terms.yaml'
      const fixed = parseFixedTerms({ path, content: readFileSync(path, 'utf8') })
      const { guides } = await readCorpus('corpus')
      expect(findSharedRuns(guides, readFileSync(base, 'utf8'), fixed)).toEqual([])
    },
  )
})
