import { mkdirSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readCorpus } from '../../src/start/build.ts'
import { temporaryFolder, writeCorpus } from '../fixtures/built-index.ts'
import { sampleCorpus } from '../fixtures/corpus.ts'

describe('a corpus folder', () => {
  it.each([
    ['as it is', (dir: string) => dir],
    ['from the current folder', (dir: string) => `./${relative(process.cwd(), dir)}`],
    ['with a slash at its end', (dir: string) => `${dir}/`],
  ])('is read with the questions that its guides answer, named %s', async (_, named) => {
    const dir = temporaryFolder()
    writeCorpus(dir, sampleCorpus())
    mkdirSync(join(dir, 'asked/en'), { recursive: true })
    writeFileSync(join(dir, 'asked/en/hive.yaml'), 'register:\n  - where do I go with my bees?\n')
    const { guides, expectedQuestions } = await readCorpus(named(dir))
    expect(guides).toHaveLength(4)
    const [path] = [...(expectedQuestions?.keys() ?? [])]
    expect(path).toMatch(/en\/hive\.md$/)
    expect(guides.map((guide) => guide.path)).toContain(path)
  })

  it('without guides, or without sources, says what is missing and where it belongs', async () => {
    const dir = temporaryFolder()
    await expect(readCorpus(dir)).rejects.toMatchObject({
      code: 'guide_invalid',
      message: `no guides found: put Markdown files into ${dir}/en or ${dir}/es`,
    })
    mkdirSync(join(dir, 'en'))
    writeFileSync(join(dir, 'en/hive.md'), '')
    await expect(readCorpus(dir)).rejects.toMatchObject({
      code: 'guide_invalid',
      message: expect.stringContaining(`${dir}/sources.yaml is missing`),
    })
  })
})
