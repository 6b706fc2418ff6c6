import { beforeAll, describe, expect, it } from 'vitest'
import { parseCorpus } from '../../../src/engine/guides/corpus.ts'
import { readCorpus } from '../../../src/start/build.ts'
import { type CorpusReport, corpusReport, formatReport } from '../../../workshop/corpus/report.ts'
import { guideFile, SOURCES_FILE } from '../../fixtures/guide-file.ts'

type Change = readonly [from: string, to: string]

const EN = 'corpus/en/nss.md'
const OTHER = 'corpus/en/clinic.md'
const ES = 'corpus/es/nss.md'
const TODAY = new Date('2026-11-23T12:00:00Z')
const AS_OTHER: Change = ['id: nss', 'id: clinic']
const IN_SPANISH: Change = ['language: en', 'language: es']

type File = readonly [path: string, ...changes: Change[]]

async function reportOn(files: readonly File[], now = TODAY): Promise<CorpusReport> {
  const guides = files.map(([path, ...changes]) => guideFile(changes, path))
  return corpusReport(await parseCorpus({ sources: SOURCES_FILE, guides }, now), now)
}
const nss = (...changes: Change[]): File => [EN, ...changes]
const clinic = (...changes: Change[]): File => [OTHER, AS_OTHER, ...changes]
const spanish = (...changes: Change[]): File => [ES, IN_SPANISH, ...changes]

const phone = (digits: string): Change[] => [
  ['value: "800 623 2323"', `value: "${digits}"`],
  ['quote: "800 623 2323"', `quote: "${digits}"`],
  ['number is 800 623 2323', `number is ${digits}`],
]
const cost = (word: string): Change[] => [
  ['value: free', `value: ${word}`],
  ['quote: The NSS is free', `quote: The NSS is ${word}`],
  ['\nThe NSS is free', `\nThe NSS is ${word}`],
]

describe('reviews in the corpus report', () => {
  it('lists guides and facts whose day has passed, the earliest first', async () => {
    const { stale } = await reportOn([nss()], new Date('2027-05-24T00:00:00Z'))
    expect(stale).toEqual([
      { path: EN, reviewBy: '2027-02-01', factKey: 'imss.phone' },
      { path: EN, reviewBy: '2027-05-23' },
    ])
  })

  it('does not call a guide stale on its review day', async () => {
    const { stale, soon } = await reportOn([nss()], new Date('2027-05-23T23:00:00Z'))
    expect(stale.map(({ reviewBy }) => reviewBy)).toEqual(['2027-02-01'])
    expect(soon).toEqual([{ path: EN, reviewBy: '2027-05-23' }])
  })

  it('announces what goes stale within 60 days, not what holds a day longer', async () => {
    const sixtyDaysBefore = new Date('2026-12-04T09:00:00Z')
    const { soon } = await reportOn([nss()], sixtyDaysBefore)
    expect(soon).toEqual([{ path: EN, reviewBy: '2027-02-01', factKey: 'imss.phone' }])
    expect((await reportOn([nss()], new Date('2026-12-03T09:00:00Z'))).soon).toEqual([])
  })
})

describe('sources in the corpus report', () => {
  it('stand under their authority with the number of guides that use them', async () => {
    const { sources } = await reportOn([nss(), clinic(), spanish()])
    expect(sources.official.map((use) => [use.source.id, use.guides])).toEqual([['imss', 3]])
    expect(sources.secondary.map((use) => [use.source.id, use.guides])).toEqual([['news', 3]])
    expect(sources.law.map((use) => [use.source.id, use.guides])).toEqual([['spare', 0]])
  })

  it('give each guide its share of official and law marks, the highest first', async () => {
    const withLaw: Change[] = [
      ['The NSS is free.[^news]', 'The NSS is free.[^news][^spare]'],
      ['  - { id: news,', '  - { id: spare, usedFor: cost }\n  - { id: news,'],
    ]
    const { shares } = await reportOn([nss(), clinic(...withLaw)])
    expect(shares).toEqual([
      { path: OTHER, marks: 7, official: 5 },
      { path: EN, marks: 6, official: 4 },
    ])
  })
})

describe('contradictions in the corpus report', () => {
  it('are facts of one key that two guides of a language state differently', async () => {
    const { contradictions } = await reportOn([nss(), clinic(...cost('cheap'))])
    expect(contradictions).toEqual([
      {
        key: 'nss.cost',
        within: 'en',
        statements: [
          { path: OTHER, language: 'en', value: 'cheap' },
          { path: EN, language: 'en', value: 'free' },
        ],
      },
    ])
  })

  it('are facts whose digits differ between the languages', async () => {
    const { contradictions } = await reportOn([nss(), spanish(...phone('800 623 2424'))])
    expect(contradictions.map(({ key, within }) => [key, within])).toEqual([
      ['imss.phone', 'languages'],
    ])
  })

  it('are not other words for the same digits in another language', async () => {
    const hours: Change[] = [
      ['value: "8:00 to 15:30"', 'value: "15:30 (desde 8:00)"'],
      ['quote: "opens from 8:00 to 15:30"', 'quote: "cierra a las 15:30 (desde 8:00)"'],
      ['The office opens from 8:00 to 15:30', 'La oficina cierra a las 15:30 (desde 8:00)'],
    ]
    const files = [nss(), spanish(...hours, ...cost('gratuito'))]
    expect((await reportOn(files)).contradictions).toEqual([])
  })

  it('are not capitals, nor the same value twice, nor other values under other keys', async () => {
    const files = [nss(), clinic(...cost('FREE'))]
    expect((await reportOn(files)).contradictions).toEqual([])
    const renamed: Change = ['key: nss.cost', 'key: clinic.cost']
    expect((await reportOn([nss(), clinic(...cost('cheap'), renamed)])).contradictions).toEqual([])
  })
})

describe('the printed corpus report', () => {
  it('names every part, with dates, counts, shares and both statements', async () => {
    const files = [nss(), clinic(...cost('cheap'))]
    const text = formatReport(await reportOn(files, new Date('2027-02-02T00:00:00Z')))
    expect(text).toContain('Corpus on 2027-02-02: 2 guides, 10 facts, 3 sources')
    expect(text).toContain(`2027-02-01  ${EN}  fact imss.phone`)
    expect(text).toContain('Goes stale within 60 days: none')
    expect(text).toContain(' 2 guides  imss')
    expect(text).toContain('   unused  spare')
    expect(text).toContain(` 67 %  ${EN}  (4 of 6)`)
    expect(text).toContain('Contradictions (error: make the statements agree): 1')
    expect(text).toContain(`nss.cost: stated differently in English\n    ${OTHER}: "cheap"`)
  })
})

describe('the real corpus', () => {
  let report: CorpusReport
  beforeAll(async () => {
    const files = await readCorpus('corpus')
    report = corpusReport(await parseCorpus(files, TODAY), TODAY)
  })

  it('does not contradict itself', () => {
    expect(report.contradictions).toEqual([])
  })
})
