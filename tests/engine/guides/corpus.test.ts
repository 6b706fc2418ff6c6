import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parseCorpus, parseSources } from '../../../src/engine/guides/corpus.ts'
import type { GuideFile } from '../../../src/engine/guides/front-matter.ts'
import { parseMarkdown } from '../../../src/engine/guides/markdown.ts'
import { guideFile, lineOf, SOURCES_FILE } from '../../fixtures/guide-file.ts'

const NOW = new Date('2026-12-01T12:00:00Z')
const parse = (guides: readonly GuideFile[], now = NOW) =>
  parseCorpus({ sources: SOURCES_FILE, guides }, now)

const other = (id: string, ...changes: readonly (readonly [string, string])[]) =>
  guideFile([['id: nss', `id: ${id}`], ...changes], `corpus/en/${id}.md`)

describe('a corpus', () => {
  it('is sorted by id, then language, whatever the order of the files', async () => {
    const files = [
      guideFile([['language: en', 'language: es']], 'corpus/es/nss.md'),
      other('nss-extra'),
      guideFile(),
      other('curp'),
    ]
    for (const order of [files, [...files].reverse()]) {
      const { guides } = await parse(order)
      expect(guides.map(({ path }) => path)).toEqual([
        'corpus/en/curp.md',
        'corpus/en/nss.md',
        'corpus/es/nss.md',
        'corpus/en/nss-extra.md',
      ])
    }
  })

  it('names both files of a guide id that occurs twice', async () => {
    const copy = guideFile([['id: nss\n', '# a copy\nid: nss\n']], 'corpus/old/en/nss.md')
    await expect(parse([guideFile(), copy])).rejects.toThrow(
      `corpus/old/en/nss.md:${lineOf(copy, 'id: nss')}: guide id nss (en) is also used by corpus/en/nss.md`,
    )
  })

  it('refuses a guide whose file is not named after its id and language', async () => {
    const copy = guideFile([], 'corpus/en/nss-copy.md')
    await expect(parse([copy])).rejects.toThrow('corpus/en/nss-copy.md:2: id nss')
    await expect(parse([guideFile([], 'corpus/es/nss.md')])).rejects.toThrow('file name en/nss.md')
  })

  it('allows the same id once in each language', async () => {
    const spanish = guideFile([['language: en', 'language: es']], 'corpus/es/nss.md')
    expect((await parse([guideFile(), spanish])).guides).toHaveLength(2)
  })

  it('names the faults of all files at once', async () => {
    const error = await parse([
      other('curp', ['free.[^news]', 'free.[^news][^nowhere]']),
      guideFile([['id: nss\n', '']]),
    ]).catch((reason) => reason)
    expect(error).toMatchObject({ code: 'guide_invalid' })
    expect(error.message).toContain('corpus/en/curp.md:')
    expect(error.message).toContain('corpus/en/nss.md:2: id: ')
  })

  it('takes over a guide that was parsed before and is handed back', async () => {
    const first = await parse([guideFile()])
    const known = first.guides[0]?.guide
    const files = { sources: SOURCES_FILE, guides: [guideFile()] }
    const second = await parseCorpus(files, NOW, () => known)
    expect(second.guides[0]?.guide).toBe(known)
  })

  it('gives later steps the lines and the tree of each guide, whether parsed or handed back', async () => {
    const first = await parse([guideFile()])
    const files = { sources: SOURCES_FILE, guides: [guideFile()] }
    const second = await parseCorpus(files, NOW, () => first.guides[0]?.guide)
    for (const { guide, lineOf: fieldLine, tree } of [...first.guides, ...second.guides]) {
      expect(fieldLine(['cluster'])).toBe(lineOf(guideFile(), 'cluster:'))
      expect(tree()).toEqual(parseMarkdown(guide.text))
      expect(tree()).toBe(tree())
    }
  })
})

describe('warnings of a corpus', () => {
  it('are empty for a guide that is fresh and points to no other', async () => {
    expect((await parse([guideFile()])).warnings).toEqual([])
  })

  it('name a review date from the day after it on', async () => {
    const file = guideFile()
    const on = (day: string) => parse([file], new Date(`${day}T00:00:00Z`))
    const fact = `corpus/en/nss.md:${lineOf(file, 'imss.phone')}: fact imss.phone: reviewBy 2027-02-01`
    expect((await on('2027-02-01')).warnings).toEqual([])
    expect((await on('2027-02-02')).warnings).toEqual([`${fact} has passed`])
    const late = (await on('2027-05-24')).warnings
    expect(late).toHaveLength(2)
    expect(late[0]).toContain(
      `corpus/en/nss.md:${lineOf(file, 'reviewBy: 2027-05-23')}: reviewBy 2027-05-23 has passed`,
    )
  })

  it('name pointers to guides that are not written yet', async () => {
    const file = guideFile([
      [
        'order: 30',
        'order: 30\nnext: [curp, umf]\nplanning: [plan]\nfixFirst: { guide: ine, why: so }',
      ],
    ])
    const { warnings } = await parse([file, other('curp')])
    expect(warnings).toEqual([
      `corpus/en/nss.md:${lineOf(file, 'next:')}: next: guide umf is not written yet`,
      `corpus/en/nss.md:${lineOf(file, 'planning:')}: planning: guide plan is not written yet`,
      `corpus/en/nss.md:${lineOf(file, 'fixFirst:')}: fixFirst: guide ine is not written yet`,
    ])
  })

  it('name planning guides that are not printable', async () => {
    const file = guideFile([['order: 30', 'order: 30\nplanning: [plan, sheet]']])
    const sheet = other('sheet', ['order: 30', 'order: 30\nprintable: true'])
    const { warnings } = await parse([file, other('plan'), sheet])
    expect(warnings).toEqual([expect.stringContaining('planning: guide plan is not printable')])
  })
})

describe('the source list', () => {
  const read = (from: string, to: string) =>
    parseSources({ ...SOURCES_FILE, content: SOURCES_FILE.content.replace(from, to) })

  it('is sorted by id', () => {
    expect([...read('id: spare', 'id: abc').keys()]).toEqual(['abc', 'imss', 'news'])
  })

  it('names the line of a source that is listed twice or is invalid', () => {
    expect(() => read('id: spare', 'id: imss')).toThrow('corpus/sources.yaml:4: source id imss')
    expect(() => read('id: news', 'id: News!')).toThrow('corpus/sources.yaml:3: sources.1.id: ')
    expect(() => read('https://imss', 'ftp://imss')).toThrow(
      'corpus/sources.yaml:2: sources.0.url: ',
    )
    expect(() => read('official', 'rumour')).toThrow('sources.0.authority: ')
    expect(() => read('2026-04-15', '2026-13-15')).toThrow('sources.0.lastVerified: ')
    expect(() => read('https://imss.gob.mx/a', 'https://imss.gob.mx/ñ')).toThrow(
      'sources.0.url: percent-encode what is not ASCII',
    )
    expect(() => read('sources:', 'source:')).toThrow('corpus/sources.yaml:1: sources: ')
  })
})

describe('the corpus of this project', () => {
  it('parses without faults', async () => {
    const guides = ['en', 'es'].flatMap((language) =>
      readdirSync(`corpus/${language}`)
        .filter((name) => name.endsWith('.md'))
        .map((name) => `corpus/${language}/${name}`)
        .map((path) => ({ path, content: readFileSync(path, 'utf8') })),
    )
    const path = 'corpus/sources.yaml'
    const sources = { path, content: readFileSync(path, 'utf8') }
    const corpus = await parseCorpus({ sources, guides }, NOW)
    expect(corpus.guides).toHaveLength(guides.length)
    expect(guides.length).toBeGreaterThanOrEqual(3)
    for (const { guide } of corpus.guides) {
      expect(guide.text).not.toContain('[^')
      expect(guide.text).not.toContain('<!--')
    }
  })
})
