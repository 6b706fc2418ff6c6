/** The client against the real service on a real socket, and against servers that misbehave. */
import { createServer, type RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createClient } from '../../../src/doors/client/client.ts'
import { sha256Hex } from '../../../src/engine/core/hash.ts'
import { type Retriever, retrievalRequestSchema } from '../../../src/engine/core/retrieval.ts'
import { verificationRequestSchema } from '../../../src/engine/core/verification.ts'
import { createPointTo } from '../../../src/engine/guides/fragments.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { createVerifier } from '../../../src/engine/verify/verifier.ts'
import { makeFolder, sampleRetriever, writeSample } from '../../fixtures/built-index.ts'
import { type RealService, startWithoutModel } from '../../fixtures/real-service.ts'
import { jsonOf } from '../http/sample-app.ts'

const index = makeFolder()
let server: RealService

beforeAll(async () => {
  await writeSample(index.path)
  server = await startWithoutModel(index.path)
})
afterAll(async () => {
  await server.stop()
  index.remove()
})

const QUESTION = 'register hive at the counter'

/** A server of its own kind; its address. */
async function misbehaving(listener: RequestListener): Promise<string> {
  const other = createServer(listener)
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    other.closeAllConnections()
    other.close()
  })
  const address = other.address()
  return `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
}

/** Answers `refusals` times with the status and headers, then passes on to the real service. */
async function refusing(
  refusals: number,
  status: number,
  headers: Record<string, string> = {},
): Promise<{ baseUrl: string; times: number[] }> {
  const times: number[] = []
  const baseUrl = await misbehaving(async (request, response) => {
    times.push(performance.now())
    if (times.length <= refusals) {
      response.writeHead(status, headers).end('{"code":"overloaded","detail":"come back later"}')
      return
    }
    const answer = await fetch(`${server.url}${request.url}`)
    response.writeHead(answer.status).end(await answer.text())
  })
  return { baseUrl, times }
}

describe('the client of the real service', () => {
  it('retrieves with every option, and the citation can be checked with the guide it fetches', async () => {
    const client = createClient({ baseUrl: `${server.url}/` })
    const answer = await client.retrieve({
      query: QUESTION,
      limit: 1,
      languages: ['en'],
      guides: ['hive'],
      minAuthority: 'official',
      maxTokens: 400,
      quickScan: false,
    })
    const [passage] = answer.passages
    expect(passage?.id).toContain('hive.en.register')
    expect(answer).toMatchObject({ quickScan: null, mode: 'lexical', degraded: true })
    const guide = await client.guideMarkdown('hive', { language: 'en' })
    expect(guide.slice(passage?.citation.start, passage?.citation.end)).toBe(passage?.text)
    expect(await sha256Hex(guide)).toBe(passage?.citation.guideSha256)
  })

  it('is a retriever like the one in process', async () => {
    const retriever: Retriever = createClient({ baseUrl: server.url })
    const request = retrievalRequestSchema.parse({ query: QUESTION })
    expect((await retriever.retrieve(request)).passages).not.toEqual([])
  })

  it('reads guides, quick scans, passages and the state of the service', async () => {
    const client = createClient({ baseUrl: server.url })
    const guides = await client.guides()
    expect(guides.map(({ id, language }) => `${id}.${language}`)).toEqual([
      'first-year.en',
      'licence.en',
      'licence.es',
      'hive.en',
    ])
    const spanish = await client.guide('licence', { language: 'es' })
    expect(spanish).toMatchObject({ language: 'es', title: 'Licencia de apicultura' })
    expect(spanish.sections.map((section) => section.anchor)).toContain('apply')
    expect(spanish.sources[0]).toMatchObject({ id: 'office', usedFor: 'what office says' })
    expect((await client.guide('licence')).language).toBe('en')
    expect((await client.quickScan('licence', { language: 'es' })).facts).toHaveLength(5)
    const [first] = (await client.retrieve({ query: QUESTION })).passages
    const passage = await client.passage(first?.id ?? '')
    expect(passage).toMatchObject({ text: first?.text, guide: { id: 'hive' } })
    expect(await client.health()).toEqual({ status: 'ok' })
    expect(await client.ready()).toMatchObject({ mode: 'lexical', index: { vectorIndex: 'flat' } })
  })

  it('turns problems into errors with the code, the field and the status of the service', async () => {
    const client = createClient({ baseUrl: server.url })
    await expect(client.retrieve({ query: 'x', limit: 99 })).rejects.toMatchObject({
      name: 'RetrievalError',
      code: 'invalid_request',
      details: { field: 'limit', status: 400 },
    })
    await expect(client.guide('nothing/../like it')).rejects.toMatchObject({ code: 'not_found' })
    await expect(client.guide('hive', { language: 'es' })).rejects.toThrow(/only in en/)
    const long = { query: 'y'.repeat(80_000) }
    await expect(client.retrieve(long)).rejects.toMatchObject({ code: 'payload_too_large' })
  })
})

it('checks quotes, each verdict with its place', async () => {
  const { content, library } = await sampleRetriever()
  const { guides, passages, manifest } = content
  const verifier = createVerifier({
    guides,
    passages,
    indexId: manifest.id,
    languages: PROFILES,
    pointTo: createPointTo(),
    link: library.link,
  })
  const baseUrl = await misbehaving(async (request, response) => {
    expect([request.method, request.url]).toEqual(['POST', '/verify'])
    expect(request.headers['content-type']).toBe('application/json')
    const body = verificationRequestSchema.parse(JSON.parse(await text(request)))
    response.end(JSON.stringify(verifier.verify(body)))
  })
  const answer = await createClient({ baseUrl }).verify({
    citations: [
      { quote: 'coordinates of the meadow', guide: 'hive' },
      { quote: 'coordinates of the meadow', guide: 'licence' },
    ],
  })
  expect(answer.results.map(({ verdict }) => verdict)).toEqual(['found', 'misattributed'])
  expect(answer.results[0]?.places[0]?.text).toBe('coordinates of the meadow')
  expect(answer.index.id).toBe(manifest.id)
})

describe('retries', () => {
  it.each([429, 503])('come again after %i until the service answers', async (status) => {
    const { baseUrl, times } = await refusing(2, status)
    await expect(createClient({ baseUrl }).health()).resolves.toEqual({ status: 'ok' })
    expect(times).toHaveLength(3)
  })

  it('wait at least as long as Retry-After asks, in seconds', async () => {
    const { baseUrl, times } = await refusing(1, 429, { 'retry-after': '1' })
    await createClient({ baseUrl }).health()
    // Timers may fire a millisecond early.
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(990)
  })

  it('wait at least until the date that Retry-After names', async () => {
    const date = new Date(Date.now() + 2000)
    const { baseUrl } = await refusing(1, 503, { 'retry-after': date.toUTCString() })
    await createClient({ baseUrl }).health()
    // The date has whole seconds.
    expect(Date.now()).toBeGreaterThanOrEqual(date.getTime() - 1010)
  })

  it('end after as many as allowed, with the code of the refusal and how often it came', async () => {
    const { baseUrl, times } = await refusing(9, 503)
    await expect(createClient({ baseUrl, retries: 1 }).health()).rejects.toMatchObject({
      code: 'overloaded',
      message: 'come back later (after 2 attempts)',
    })
    expect(times).toHaveLength(2)
  })

  it('are not made when the server asks for longer than a caller would wait', async () => {
    const { baseUrl, times } = await refusing(9, 503, { 'retry-after': '3600' })
    await expect(createClient({ baseUrl }).health()).rejects.toMatchObject({
      code: 'overloaded',
      details: { retryAfterMs: 3_600_000 },
    })
    expect(times).toHaveLength(1)
  })

  it.each([400, 404, 408, 500, 502, 504])('are not made after %i', async (status) => {
    const { baseUrl, times } = await refusing(9, status)
    await expect(createClient({ baseUrl }).health()).rejects.toMatchObject({ details: { status } })
    expect(times).toHaveLength(1)
  })

  it('are not made when the connection breaks', async () => {
    let calls = 0
    const baseUrl = await misbehaving((request) => {
      calls++
      request.socket.destroy()
    })
    await expect(createClient({ baseUrl }).health()).rejects.toMatchObject({ code: 'unreachable' })
    expect(calls).toBe(1)
  })
})

describe('abort and time limit', () => {
  it('an already aborted signal sends nothing', async () => {
    const { baseUrl, times } = await refusing(0, 503)
    const reason = new Error('not needed any more')
    const call = createClient({ baseUrl }).health({ signal: AbortSignal.abort(reason) })
    await expect(call).rejects.toMatchObject({ code: 'aborted', cause: reason })
    const client = createClient({ baseUrl, signal: AbortSignal.abort() })
    await expect(client.health()).rejects.toMatchObject({ code: 'aborted' })
    expect(times).toHaveLength(0)
  })

  it('ends the wait before the next attempt at once', async () => {
    const controller = new AbortController()
    const { baseUrl, times } = await refusing(9, 503, { 'retry-after': '50' })
    const call = createClient({
      baseUrl,
      async fetch(url, init) {
        const response = await fetch(url, init)
        setTimeout(() => controller.abort(), 50)
        return response
      },
    }).health({ signal: controller.signal })
    await expect(call).rejects.toMatchObject({ code: 'aborted' })
    expect(times).toHaveLength(1)
  })

  it('ends a request that hangs, and the server sees the connection close', async () => {
    const controller = new AbortController()
    let closed: () => void = () => {}
    const gone = new Promise<void>((resolve) => {
      closed = resolve
    })
    const baseUrl = await misbehaving((_, response) => {
      response.on('close', closed)
      controller.abort()
    })
    const call = createClient({ baseUrl }).retrieve({ query: 'x' }, { signal: controller.signal })
    await expect(call).rejects.toMatchObject({ code: 'aborted' })
    await gone
  })

  it('gives up on a server that hangs, before its answer or in the middle of it', async () => {
    const silent = await misbehaving(() => {})
    const halfway = await misbehaving((_, response) => void response.writeHead(200).write('{"st'))
    for (const baseUrl of [silent, halfway]) {
      const call = createClient({ baseUrl, timeoutMs: 200 }).health()
      await expect(call).rejects.toMatchObject({
        code: 'unreachable',
        message: expect.stringContaining('did not answer within 200 ms'),
      })
    }
  })
})

describe('answers of something else', () => {
  it('say where nothing listens', async () => {
    const closed = createServer()
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve))
    const address = closed.address()
    const free = typeof address === 'object' && address ? address.port : 0
    await new Promise((resolve) => closed.close(resolve))
    const call = createClient({ baseUrl: `http://127.0.0.1:${free}` }).health()
    await expect(call).rejects.toMatchObject({ code: 'unreachable' })
    await expect(call).rejects.toThrow(/ECONNREFUSED.*is the service running/)
  })

  it.each([
    ['a web page', '<!doctype html><p>hello', /not JSON.*is baseUrl the address of nss-copilot/],
    ['a broken body', '{"status":', /not JSON/],
    ['another form', '{"status":"green"}', /does not have the expected form: status/],
    ['an array', '[]', /the body/],
  ])('are refused: %s', async (_, body, message) => {
    const baseUrl = await misbehaving((_, response) => void response.end(body))
    const call = createClient({ baseUrl }).health()
    await expect(call).rejects.toMatchObject({ code: 'response_invalid' })
    await expect(call).rejects.toThrow(message)
  })

  it('with fields of a later version are read as far as they are known', async () => {
    const baseUrl = await misbehaving(async (_, response) => {
      const body = JSON.stringify({ query: QUESTION, limit: 1 })
      const headers = { 'content-type': 'application/json' }
      const real = await fetch(`${server.url}/retrieve`, { method: 'POST', headers, body })
      const answer = await jsonOf(real)
      answer.later = { than: 'this client' }
      answer.passages[0].citation.later = 1
      response.end(JSON.stringify(answer))
    })
    const answer = await createClient({ baseUrl }).retrieve({ query: QUESTION })
    expect(answer.passages[0]?.citation.quote).toBe(answer.passages[0]?.text)
  })

  it('with a code of a later version or none go by their status', async () => {
    for (const [status, code] of [
      [404, 'not_found'],
      [422, 'invalid_request'],
      [429, 'rate_limited'],
      [503, 'overloaded'],
      [500, 'response_invalid'],
    ] as const) {
      const baseUrl = await misbehaving(
        (_, response) => void response.writeHead(status).end('{"code":"from_the_future"}'),
      )
      const call = createClient({ baseUrl, retries: 0 }).health()
      await expect(call).rejects.toMatchObject({ code, details: { status } })
    }
  })

  it.each(['', 'localhost:8787', 'ftp://guides.example', '/retrieve'])(
    'cannot come from a base URL like %j',
    (baseUrl) => {
      expect(() => createClient({ baseUrl })).toThrow(/baseUrl .* is not allowed/)
    },
  )
})
