/** The engine that `nss-copilot` exports, over guides of the caller's own and over the package's. */
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEngine, type EngineOptions } from '../../src/start/root-entry.ts'
import { temporaryFolder, writeCorpus } from '../fixtures/built-index.ts'
import { changedCorpus, sampleCorpus } from '../fixtures/corpus.ts'
import { watchWorkers } from '../fixtures/workers.ts'

async function openEngine(options: EngineOptions) {
  const notices: string[] = []
  const engine = await createEngine({ notice: (message) => notices.push(message), ...options })
  onTestFinished(() => engine.close())
  return { engine, notices }
}

function ownGuides() {
  const folder = temporaryFolder()
  const [corpus, index] = [join(folder, 'guides'), join(folder, 'index/bees')]
  writeCorpus(corpus, sampleCorpus())
  return { corpus, index }
}

describe('createEngine over guides of its own', () => {
  it('indexes them, answers, and takes in what changes while it runs', async () => {
    const folders = ownGuides()
    const { engine, notices } = await openEngine(folders)
    const first = engine.index
    const answer = await engine.retrieve({ query: 'where do I register a hive?', limit: 1 })
    expect(answer).toMatchObject({ mode: 'hybrid', index: { id: first.id } })
    expect(answer.passages.map(({ guide }) => guide.id)).toEqual(['hive'])
    const claim = { guide: 'hive', quote: 'says the changed rule of this year' }
    const verdict = () => engine.verify({ citations: [claim] }).results[0]?.verdict
    expect(verdict()).not.toBe('found')

    writeCorpus(folders.corpus, changedCorpus())
    const second = await engine.reload()
    expect(second.id).not.toBe(first.id)
    expect(engine.index).toEqual(second)
    expect(verdict()).toBe('found')
    expect(engine.library.guide('hive')?.text).toContain('the changed rule')
    expect(notices.filter((notice) => notice.includes('lexical'))).toEqual([])
  })

  it('embeds nothing when nothing has changed', async () => {
    const folders = ownGuides()
    const first = await openEngine(folders)
    const embedded: number[] = []
    const workers = watchWorkers()
    const onProgress = (done: number) => void embedded.push(done)
    const { engine } = await openEngine({ ...folders, onProgress })
    expect(engine.index).toEqual(first.engine.index)
    expect(embedded).toEqual([])
    // The one that answers; none was needed to build.
    expect(workers).toHaveLength(1)
  })

  it('says what is wrong with a guide, and goes on answering', async () => {
    const folders = ownGuides()
    const { engine } = await openEngine(folders)
    const before = engine.index
    const { sources, guides } = sampleCorpus()
    const broken = guides.map((guide) => ({
      ...guide,
      content: guide.content.replaceAll('[^office]', '[^nobody]'),
    }))
    writeCorpus(folders.corpus, { sources, guides: broken })
    await expect(engine.reload()).rejects.toMatchObject({
      code: 'guide_invalid',
      message: expect.stringMatching(/guides\/en\/hive\.md:\d+: .*nobody/),
    })
    expect(engine.index).toEqual(before)
    expect((await engine.retrieve({ query: 'hive' })).index.id).toBe(before.id)
  })
})

describe('createEngine without guides', () => {
  it("answers from the package's own index", async () => {
    const { engine } = await openEngine({})
    const { passages } = await engine.retrieve({ query: 'whats the imss phone', limit: 1 })
    expect(passages[0]?.text).toContain('800 623 2323')
  })

  it('answers lexically without a model, and says so', async () => {
    const { engine, notices } = await openEngine({ model: '/nowhere' })
    expect(await engine.retrieve({ query: 'imss phone' })).toMatchObject({ mode: 'lexical' })
    expect(notices).toEqual([expect.stringContaining('/nowhere')])
  })

  it.each<[string, EngineOptions, string, RegExp]>([
    ['an index that is not there', { index: '/nowhere' }, 'index_missing', /give createEngine a/],
    ['a wrong address', { baseUrl: 'guides.example' }, 'config_invalid', /guides\.example/],
    // As a program without types could call it.
    [
      'a corpus without a folder for its index',
      { corpus: './guides' } as EngineOptions,
      'config_invalid',
      /name the folder/,
    ],
  ])('refuses %s', async (_, options, code, message) => {
    const opened = createEngine(options)
    await expect(opened).rejects.toMatchObject({ code, message: expect.stringMatching(message) })
  })

  it('names the field that is wrong in a question or a quote', async () => {
    const { engine } = await openEngine({ model: '/nowhere' })
    const question = { query: '', limit: 1 }
    await expect(engine.retrieve(question)).rejects.toMatchObject({
      code: 'invalid_request',
      details: { field: 'query' },
    })
    expect(() => engine.verify({ citations: [] })).toThrow(/citations/)
  })
})
