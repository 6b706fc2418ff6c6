/** The LangChain retriever over the sample index, in process and over a real socket. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { NssCopilotRetriever } from '../../../src/doors/langchain/retriever.ts'
import type { Library } from '../../../src/engine/core/library.ts'
import type { RetrievalResponse, Retriever } from '../../../src/engine/core/retrieval.ts'
import { testRetriever } from '../../contracts/langchain.ts'
import { makeFolder, sampleRetriever, writeSample } from '../../fixtures/built-index.ts'
import { type RealService, startWithoutModel } from '../../fixtures/real-service.ts'

const QUERY = 'register every hive at the counter, call the licence office, papers last'
const index = makeFolder()
let server: RealService
let retriever: Retriever
let library: Library

beforeAll(async () => {
  await writeSample(index.path)
  server = await startWithoutModel(index.path)
  const sample = await sampleRetriever()
  retriever = sample.retriever
  library = sample.library
})
afterAll(async () => {
  await server.stop()
  index.remove()
})

testRetriever({
  name: 'in process',
  query: QUERY,
  make: (options) => new NssCopilotRetriever({ ...options, retriever }),
})
testRetriever({
  name: 'over HTTP',
  query: QUERY,
  make: (options) => new NssCopilotRetriever({ ...options, baseUrl: server.url }),
})

/** A service that records what it is asked and ends only when it is told to. */
function recorder(answer?: RetrievalResponse) {
  const requests: unknown[] = []
  const signals: (AbortSignal | undefined)[] = []
  const recording: Retriever = {
    retrieve(request, options) {
      requests.push(request)
      signals.push(options?.signal)
      return answer ? Promise.resolve(answer) : new Promise(() => {})
    },
  }
  return { recording, requests, signals }
}

describe('a document of the retriever', () => {
  it('is the exact passage with its whole citation, so that it can be checked', async () => {
    const [document] = await new NssCopilotRetriever({ retriever, k: 1 }).invoke(
      'register hive at the counter',
    )
    expect(document?.id).toMatch(/^hive\.en\.register\.[0-9a-f]{6}$/)
    const { start, end, ...metadata } = document?.metadata ?? {}
    const guide = library.guide('hive', 'en')
    expect(guide?.text.slice(start, end)).toBe(document?.pageContent)
    expect(metadata).toMatchObject({
      source: 'https://guides.example/guides/hive?lang=en#register',
      url: 'https://guides.example/guides/hive?lang=en#register',
      textFragmentUrl: expect.stringContaining('#register:~:text='),
      title: 'Hive registration',
      quote: document?.pageContent,
      guideSha256: guide?.sha256,
      updated: '2026-11-01',
      stale: false,
      language: 'en',
      headingPath: ['Register a hive'],
      guide: { id: 'hive', title: 'Hive registration' },
      rank: 1,
      score: expect.any(Number),
      tokens: expect.any(Number),
      answerability: { verdict: 'answerable' },
      degraded: false,
      indexId: library.indexId,
    })
    expect(document?.metadata.sources[0]).toMatchObject({ id: 'office', authority: 'official' })
  })

  it('is the same in process and over HTTP', async () => {
    const lexical = await sampleRetriever({ embedder: null })
    const near = await new NssCopilotRetriever({ retriever: lexical.retriever }).invoke(QUERY)
    const far = await new NssCopilotRetriever({ baseUrl: server.url }).invoke(QUERY)
    expect(far.map(({ pageContent }) => pageContent)).toEqual(near.map((d) => d.pageContent))
    expect(far.map(({ metadata }) => Object.keys(metadata))).toEqual(
      near.map(({ metadata }) => Object.keys(metadata)),
    )
  })

  it('is not returned when the guides do not answer', async () => {
    const made = new NssCopilotRetriever({ baseUrl: server.url })
    expect(await made.invoke('best pizza in Naples')).toEqual([])
  })
})

describe('the options of the retriever', () => {
  it('are handed on, those of the call before those of the constructor', async () => {
    const { recording, requests } = recorder(await retriever.retrieve({ ...DEFAULTS, query: 'x' }))
    const made = new NssCopilotRetriever({
      retriever: recording,
      k: 3,
      languages: ['es'],
      guides: ['hive'],
      minAuthority: 'law',
      maxTokens: 700,
    })
    await made.invoke('one')
    await made.invoke('two', { limit: 7, languages: ['en'], maxTokens: 900 })
    await made.invoke('three')
    const base = { limit: 3, languages: ['es'], guides: ['hive'], minAuthority: 'law' }
    expect(requests).toMatchObject([
      { query: 'one', ...base, maxTokens: 700, quickScan: false },
      { query: 'two', ...base, limit: 7, languages: ['en'], maxTokens: 900 },
      { query: 'three', ...base, maxTokens: 700 },
    ])
  })

  it('that are wrong are named', async () => {
    const made = new NssCopilotRetriever({ retriever })
    await expect(made.invoke('x', { k: 21 })).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(made.invoke('')).rejects.toThrow(/query/)
    await expect(made.invoke('x', { guides: ['nothing'] })).rejects.toThrow(/nothing/)
  })
})

describe('an abort in the middle', () => {
  it('ends the call at once and reaches the service', async () => {
    const { recording, signals } = recorder()
    const controller = new AbortController()
    const seen: unknown[] = []
    const callbacks = [{ handleRetrieverError: (error: unknown) => void seen.push(error) }]
    const call = new NssCopilotRetriever({ retriever: recording }).invoke('x', {
      signal: controller.signal,
      callbacks,
    })
    while (signals.length === 0) await new Promise(setImmediate)
    controller.abort()
    await expect(call).rejects.toMatchObject({ code: 'aborted' })
    expect(signals[0]?.aborted).toBe(true)
    expect(seen).toHaveLength(1)
  })

  it('comes with a timeout too', async () => {
    const { recording, signals } = recorder()
    const call = new NssCopilotRetriever({ retriever: recording }).invoke('x', { timeout: 20 })
    await expect(call).rejects.toMatchObject({ code: 'aborted', cause: { name: 'TimeoutError' } })
    expect(signals[0]?.aborted).toBe(true)
  })
})

const DEFAULTS = {
  limit: 5,
  maxTokens: 1500,
  minAuthority: 'secondary',
  quickScan: true,
  explain: false,
  format: 'json',
} as const
