/** A real server on a real port over the sample index, without a model: bad input, crowds, clients that go away. */
import { Agent, request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { parseConfig } from '../../../src/start/config.ts'
import { type RunningServer, startServer } from '../../../src/start/http-service.ts'
import { createLog } from '../../../src/start/log.ts'
import { makeFolder, writeSample } from '../../fixtures/built-index.ts'
import { expectProblem, jsonOf } from './sample-app.ts'

const index = makeFolder()
let server: RunningServer

async function start(env: Record<string, string> = {}): Promise<RunningServer> {
  const settings = { PORT: '0', INDEX_DIR: index.path, MODEL_DIR: '/nowhere', ...env }
  return startServer(parseConfig(settings), createLog('silent'))
}

beforeAll(async () => {
  await writeSample(index.path)
  server = await start()
  await server.ready()
})
afterAll(async () => {
  await server.stop()
  index.remove()
})

const post = (body: unknown, headers: Record<string, string> = {}, url = server.url) =>
  fetch(`${url}/retrieve`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
    duplex: 'half',
  } as RequestInit)

/** The service still answers, and rightly. */
async function expectAlive() {
  const answer = await jsonOf(post('{"query":"register hive at the counter"}'))
  expect(answer.passages[0].id).toContain('hive.en.register')
  expect(answer).toMatchObject({ mode: 'lexical', degraded: true })
}

const stream = (bytes: number) =>
  new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"query":"'))
      for (let sent = 0; sent < bytes; sent += 16_384)
        controller.enqueue(new Uint8Array(16_384).fill(97))
      controller.close()
    },
  })

describe('bad input over a socket', () => {
  it.each([
    ['an empty body', '', 400, 'invalid_request'],
    ['invalid UTF-8', Uint8Array.of(0x22, 0xff, 0xfe, 0x22), 400, 'invalid_request'],
    ['wrong types', '{"query":["x"],"limit":"many"}', 400, 'invalid_request'],
    ['an unknown field', '{"query":"x","topK":3}', 400, 'invalid_request'],
    ['control characters', '{"query":"a\\u0000b"}', 400, 'invalid_request'],
    ['raw control characters', '{"query":"a\u0001b"}', 400, 'invalid_request'],
    ['deep JSON', '{"query":'.repeat(7000), 400, 'invalid_request'],
    ['1 MB with a length', 'x'.repeat(1_000_000), 413, 'payload_too_large'],
  ])('%s gets its problem', async (_, body, status, code) => {
    await expectProblem(await post(body), status, code)
    await expectAlive()
  })

  it('1 MB without a length gets 413', async () => {
    for (let i = 0; i < 10; i++) {
      await expectProblem(await post(stream(1_000_000)), 413, 'payload_too_large')
    }
    await expectAlive()
  })

  it('an upload without end gets 413 and is cut off', async () => {
    let sent = 0
    const endless = new ReadableStream({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        sent += 16_384
        controller.enqueue(new Uint8Array(16_384).fill(97))
      },
    })
    await expectProblem(await post(endless), 413, 'payload_too_large')
    await new Promise((resolve) => setTimeout(resolve, 1000))
    const before = sent
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(sent).toBe(before)
    await expectAlive()
  })

  it('another media type gets 415 and another method 405', async () => {
    const plain = await post('{"query":"x"}', { 'content-type': 'text/plain' })
    await expectProblem(plain, 415, 'unsupported_media_type')
    const put = await fetch(`${server.url}/retrieve`, { method: 'PUT', body: 'x' })
    expect(put.headers.get('allow')).toBe('GET, HEAD, POST')
    await expectProblem(put, 405, 'method_not_allowed')
  })

  it('that is not HTTP, or has a malformed path, does not stop the service', async () => {
    const { hostname, port } = new URL(server.url)
    const lines = [
      'nonsense\r\n\r\n',
      'GET /guides/%FF HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET //[ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
      'GET /health HTTP/1.1\r\nHost: [\r\nConnection: close\r\n\r\n',
      'GET /health HTTP/1.1\r\nConnection: close\r\n\r\n',
    ]
    for (const line of lines) {
      const answer = await new Promise<string>((resolve, reject) => {
        let received = ''
        const socket = connect(Number(port), hostname, () => socket.write(line))
        socket.setEncoding('utf8').on('data', (text) => {
          received += text
        })
        socket.on('end', () => socket.destroy())
        socket.on('close', () => resolve(received)).on('error', reject)
      })
      expect(answer).toMatch(/^HTTP\/1\.1 [1-4]\d\d |^HTTP\/1\.1 200 /)
    }
    await expectAlive()
  })
})

describe('a crowd', () => {
  /** One question over the agent's bounded sockets: status and code, or the socket's error. */
  function ask(url: string, agent: Agent, i: number): Promise<string> {
    return new Promise((resolve) => {
      const headers = { 'content-type': 'application/json' }
      const request = httpRequest(
        `${url}/retrieve`,
        { agent, method: 'POST', headers },
        (response) => {
          let text = ''
          response.setEncoding('utf8').on('data', (part: string) => {
            text += part
          })
          response.on('end', () => {
            const body = JSON.parse(text)
            resolve(`${response.statusCode} ${body.code ?? body.answerability.verdict}`)
          })
        },
      )
      request.on('error', (error) => resolve(`lost: ${error.message}`))
      request.end(JSON.stringify({ query: `register hive ${i}`, limit: 1, quickScan: false }))
    })
  }

  it.each([
    ['4', 2000, 300],
    ['256', 1000, 300],
  ])(
    'with MAX_QUEUE=%s: %d parallel requests over %d sockets all get an answer',
    async (MAX_QUEUE, count, maxSockets) => {
      const crowded = await start({ MAX_QUEUE })
      onTestFinished(() => crowded.stop())
      await crowded.ready()
      const agent = new Agent({ keepAlive: true, maxSockets })
      onTestFinished(() => agent.destroy())
      const answers = await Promise.all(
        Array.from({ length: count }, (_, i) => ask(crowded.url, agent, i)),
      )
      const counts = new Map<string, number>()
      for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1)
      expect(
        [...counts.keys()].filter(
          (key) => !/^(200 (answerable|partial)|503 overloaded)$/.test(key),
        ),
      ).toEqual([])
      expect(answers.filter((answer) => answer.startsWith('200')).length).toBeGreaterThan(0)
      const alone = await ask(crowded.url, agent, 1)
      expect(alone).toMatch(/^200/)
    },
    300_000,
  )

  it('of clients that disconnect in the middle leaves no place in the queue occupied', async () => {
    const small = await start({ MAX_QUEUE: '3' })
    onTestFinished(() => small.stop())
    await small.ready()
    const { hostname, port } = new URL(small.url)
    const head = `POST /retrieve HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`
    const pieces = [
      `${head}Content-Length: 500\r\n\r\n{"query":"regis`,
      `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"que\r\n`,
      `${head}Content-Length: 24\r\n\r\n{"query":"register hive"}`,
      'GET /guides/hive.md HTTP/1.1\r\nHost: x\r\n\r\n',
      'GET /retr',
    ]
    for (const piece of [...pieces, ...pieces, ...pieces]) {
      await new Promise<void>((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => {
          socket.write(piece, () => setTimeout(() => socket.destroy(), 5))
        })
        socket.on('close', () => resolve()).on('error', reject)
      })
    }
    await new Promise((resolve) => setTimeout(resolve, 100))
    const answers = await Promise.all([1, 2, 3].map(() => post('{"query":"hive"}', {}, small.url)))
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 200])
  })
})

describe('starting and stopping', () => {
  it('answers /health at once, while the index is still being loaded', async () => {
    const starting = await start()
    onTestFinished(() => starting.stop())
    expect((await fetch(`${starting.url}/health`)).status).toBe(200)
    await starting.ready()
    expect(await jsonOf(fetch(`${starting.url}/ready`))).toMatchObject({ mode: 'lexical' })
  })

  it('cites its own address, or the public one that is set', async () => {
    const first = async (url: string) =>
      (await jsonOf(fetch(`${url}/retrieve?q=register+hive`))).passages[0].citation.url
    const own = await first(server.url)
    expect(own.startsWith(`${server.url}/guides/hive?lang=en#`)).toBe(true)
    expect((await fetch(own)).status).toBe(200)
    const behind = await start({ PUBLIC_BASE_URL: 'https://guides.example/' })
    onTestFinished(() => behind.stop())
    await behind.ready()
    expect(await first(behind.url)).toMatch(/^https:\/\/guides\.example\/guides\/hive/)
  })

  it('rejects with config_invalid for a busy port and names the port', async () => {
    const { port } = new URL(server.url)
    await expect(start({ PORT: port })).rejects.toMatchObject({
      code: 'config_invalid',
      message: expect.stringContaining(port),
    })
  })

  it('stays alive and says why when the index is missing', async () => {
    const without = await start({ INDEX_DIR: '/nowhere/index' })
    onTestFinished(() => without.stop())
    await expect(without.ready()).rejects.toMatchObject({ code: 'index_missing' })
    await expectProblem(await fetch(`${without.url}/ready`), 503, 'index_missing')
  })

  it('can be stopped while it is loading', async () => {
    const starting = await start()
    await starting.stop()
    await expect(fetch(`${starting.url}/health`)).rejects.toThrow()
  })
})
