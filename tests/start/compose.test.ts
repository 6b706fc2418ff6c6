/** A running service whose index is replaced while it answers; no model, no Node adapters but files. */
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createHashingEmbedder } from '../../src/engine/adapters/embedders/hashing.ts'
import { createNodeFiles } from '../../src/engine/adapters/files/node-fs.ts'
import { createFlatIndex } from '../../src/engine/adapters/vector-indexes/flat.ts'
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { facetsOf } from '../../src/engine/core/passage-filter.ts'
import { retrievalRequestSchema } from '../../src/engine/core/retrieval.ts'
import { writeSnapshot } from '../../src/engine/indexing/write-snapshot.ts'
import { composeService, type ServiceOptions } from '../../src/start/compose.ts'
import { buildSample } from '../fixtures/build-sample.ts'
import { BASE_URL, temporaryFolder, writeSample } from '../fixtures/built-index.ts'
import { changedCorpus } from '../fixtures/corpus.ts'
import { createMemoryFiles } from '../fixtures/memory-files.ts'

const request = retrievalRequestSchema.parse({ query: 'register every hive' })
const claim = { citations: [{ quote: 'says the changed rule of this year', guide: 'hive' }] }

/** An index folder, with other words in one guide when `word` is given. */
async function indexFolder(word?: string): Promise<string> {
  const dir = temporaryFolder()
  await writeSample(dir, word === undefined ? {} : { corpus: changedCorpus(word) })
  return dir
}

/** Counts what is opened and closed; `gate` is what every question waits for once the service runs. */
async function compose(options: Partial<ServiceOptions> = {}) {
  const counts = { models: 0, modelsClosed: 0, closed: [] as string[] }
  const state = { isUp: true, gate: Promise.resolve() }
  const embedder = createHashingEmbedder()
  const service = await composeService({
    files: createNodeFiles(),
    indexDir: await indexFolder(),
    baseUrl: BASE_URL,
    notice: () => {},
    async openEmbedder() {
      counts.models++
      return {
        ...embedder,
        get isUp() {
          return state.isUp
        },
        async embed(...args) {
          await state.gate
          return embedder.embed(...args)
        },
        async close() {
          counts.modelsClosed++
        },
      }
    },
    async openVectorIndex(snapshot) {
      const { vectors, manifest } = snapshot
      const close = async () => void counts.closed.push(manifest.id)
      return { ...createFlatIndex({ ...vectors, facets: facetsOf(snapshot) }), close }
    },
    ...options,
  })
  onTestFinished(() => service.close())
  return { service, counts, state }
}

/** A promise and what settles it. */
function gate() {
  let open = (): void => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

/** Long enough for everything that does not wait for something else. */
const turn = () => new Promise((resolve) => setTimeout(resolve, 5))

describe('a service whose index is replaced', () => {
  it('answers everything from the new index, with the model that it has', async () => {
    const { service, counts } = await compose()
    const before = await service.retriever.retrieve(request)
    expect(service.verifier.verify(claim).results[0]?.verdict).not.toBe('found')

    const info = await service.replaceIndex(await indexFolder('changed'))

    const after = await service.retriever.retrieve(request)
    expect(after.index.id).not.toBe(before.index.id)
    expect(after).toMatchObject({ index: { id: info.id }, mode: 'hybrid' })
    const checked = service.verifier.verify(claim)
    expect(checked).toMatchObject({ results: [{ verdict: 'found' }], index: { id: info.id } })
    expect(service.library.indexId).toBe(info.id)
    expect(service.library.guide('hive')?.text).toContain('the changed rule')
    expect(service.index).toEqual(info)
    expect(counts.models).toBe(1)
    expect(counts.modelsClosed).toBe(0)
  })

  it('ends a question on the index it began with, and closes that index afterwards', async () => {
    const { service, counts, state } = await compose()
    const old = service.index.id
    const wait = gate()
    state.gate = wait.opened
    const running = [service.retriever.retrieve(request), service.retriever.retrieve(request)]
    // The first question to a new index goes through the same model, so it waits too.
    const replaced = service.replaceIndex(await indexFolder('changed'))
    wait.open()
    const next = await replaced
    state.gate = Promise.resolve()
    for (const answer of await Promise.all(running)) expect(answer.index.id).toBe(old)
    expect((await service.retriever.retrieve(request)).index.id).toBe(next.id)
    await vi.waitUntil(() => counts.closed.length > 0)
    expect(counts.closed).toEqual([old])
  })

  it('keeps an index open for whoever holds it', async () => {
    const { service, counts } = await compose()
    const old = service.current()
    const wait = gate()
    const held = old.hold(() => wait.opened)
    await service.replaceIndex(await indexFolder('changed'))
    await turn()
    expect(counts.closed).toEqual([])
    expect((await old.retriever.retrieve(request)).index.id).toBe(old.library.indexId)
    wait.open()
    await held
    await vi.waitUntil(() => counts.closed.length > 0)
    expect(counts.closed).toEqual([old.library.indexId])
  })

  it('reads the folder it serves again when none is given', async () => {
    const indexDir = await indexFolder()
    const { service } = await compose({ indexDir })
    const old = service.index.id
    await writeSample(indexDir, { corpus: changedCorpus() })
    expect((await service.replaceIndex()).id).not.toBe(old)
    const other = await indexFolder('another')
    const replaced = await service.replaceIndex(other)
    expect(await service.replaceIndex()).toEqual(replaced)
  })

  it('serves the folder that was asked for last when several are asked for at once', async () => {
    const { service, counts } = await compose()
    const folders = [await indexFolder('first'), await indexFolder('second'), await indexFolder()]
    const infos = await Promise.all(folders.map((folder) => service.replaceIndex(folder)))
    expect(service.index).toEqual(infos[2])
    await vi.waitUntil(() => counts.closed.length === 3)
  })

  it.each<[string, string, (dir: string) => Promise<void> | void]>([
    ['is missing', 'index_missing', (dir) => rmSync(dir, { recursive: true })],
    [
      'is damaged',
      'index_damaged',
      (dir) => writeFileSync(join(dir, 'manifest.json'), '{"format":'),
    ],
    [
      'was built with another model',
      'index_mismatch',
      async (dir) => {
        const other = createHashingEmbedder({ dimensions: 64 })
        await writeSample(dir, { embedder: other, openEmbedder: async () => other })
      },
    ],
  ])('goes on with the old index when the new one %s, and says why', async (_, code, spoil) => {
    const { service, counts } = await compose()
    const before = service.index
    const dir = await indexFolder('changed')
    await spoil(dir)
    await expect(service.replaceIndex(dir)).rejects.toMatchObject({ code })
    expect(service.index).toEqual(before)
    expect((await service.retriever.retrieve(request)).index.id).toBe(before.id)
    // The folder it serves is still the old one.
    expect(await service.replaceIndex()).toEqual(before)
    expect(counts.models).toBe(1)
  })

  it('closes a new index that cannot be asked', async () => {
    const opened: string[] = []
    const closed: string[] = []
    const { service } = await compose({
      async openVectorIndex(snapshot) {
        const { vectors, manifest } = snapshot
        const search = () => {
          throw new RetrievalError('vector_invalid', 'no search here')
        }
        const isFirst = opened.push(manifest.id) === 1
        const close = async () => void closed.push(manifest.id)
        return {
          ...createFlatIndex({ ...vectors, facets: facetsOf(snapshot) }),
          ...(isFirst ? {} : { search }),
          close,
        }
      },
    })
    const replaced = service.replaceIndex(await indexFolder('changed'))
    await expect(replaced).rejects.toMatchObject({ code: 'vector_invalid' })
    expect(closed).toEqual(opened.slice(1))
    expect(service.index.id).toBe(opened[0])
  })
})

describe('a composed service', () => {
  it('answers from any files, such as those that a Worker has in memory', async () => {
    const files = createMemoryFiles()
    const { content } = await buildSample()
    await writeSnapshot(files, 'bees', content)
    const { service } = await compose({ files, indexDir: 'bees' })
    const [passage] = (await service.retriever.retrieve(request)).passages
    expect(passage?.id).toContain('hive.en.register')
  })

  it('says whether its model is currently available', async () => {
    const { service, state } = await compose()
    expect([service.hasModel, service.current().hasModel]).toEqual([true, true])
    state.isUp = false
    expect([service.hasModel, service.current().hasModel]).toEqual([false, false])
  })

  it('answers lexically without a model', async () => {
    const { service } = await compose({ openEmbedder: async () => undefined })
    expect(service.hasModel).toBe(false)
    expect(await service.retriever.retrieve(request)).toMatchObject({ mode: 'lexical' })
  })

  it('closes its models when the index cannot be opened', async () => {
    let closed = 0
    const composed = compose({
      indexDir: join(temporaryFolder(), 'nowhere'),
      openEmbedder: async () => ({ ...createHashingEmbedder(), close: async () => void closed++ }),
    })
    await expect(composed).rejects.toMatchObject({ code: 'index_missing' })
    expect(closed).toBe(1)
  })

  it('closes its models and index once, and refuses a new index afterwards', async () => {
    const { service, counts } = await compose()
    const { id } = service.index
    await Promise.all([service.close(), service.close()])
    expect(counts).toMatchObject({ modelsClosed: 1, closed: [id] })
    await expect(service.replaceIndex()).rejects.toMatchObject({ code: 'not_ready' })
  })
})
