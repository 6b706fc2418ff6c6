/** The whole service with its model: the index is replaced while it answers, and its model's thread dies. */
import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { buildAndWrite } from '../../src/start/build.ts'
import { parseConfig } from '../../src/start/config.ts'
import { startServer } from '../../src/start/http-service.ts'
import { createLog } from '../../src/start/log.ts'
import { connect, structuredOf } from '../doors/mcp/connected.ts'
import { makeFolder, writeCorpus } from '../fixtures/built-index.ts'
import { changedCorpus, sampleCorpus } from '../fixtures/corpus.ts'
import { MODEL_DIR } from '../fixtures/model.ts'
import { exitOf, watchWorkers } from '../fixtures/workers.ts'

const folder = makeFolder()
const first = `${folder.path}/first`
const second = `${folder.path}/second`

beforeAll(async () => {
  const corpora = { [first]: sampleCorpus(), [second]: changedCorpus() }
  for (const [indexDir, corpus] of Object.entries(corpora)) {
    const corpusDir = `${indexDir}-corpus`
    writeCorpus(corpusDir, corpus)
    const cacheDir = `${folder.path}/cache`
    await buildAndWrite({ corpusDir, indexDir, modelDir: MODEL_DIR, cacheDir })
  }
})
afterAll(folder.remove)

async function start() {
  const workers = watchWorkers()
  const config = parseConfig({ PORT: '0', INDEX_DIR: first, MODEL_DIR })
  const server = await startServer(config, createLog('silent'))
  onTestFinished(server.stop)
  await server.ready()
  // biome-ignore lint/suspicious/noExplicitAny: as loose as a client sees it
  const json = async (path: string, init?: RequestInit): Promise<any> =>
    (await fetch(`${server.url}${path}`, init)).json()
  const post = (path: string, body: object) => {
    const headers = { 'content-type': 'application/json' }
    return json(path, { method: 'POST', headers, body: JSON.stringify(body) })
  }
  const retrieve = () => json('/retrieve?q=register+every+hive')
  return { server, workers, json, post, retrieve }
}

/**
 * A question whose body is sent only when `finish` is called. The server says "100 Continue" as it hands the request on,
 * so that it has surely begun when this resolves.
 */
async function slowQuestion(url: string, query: string) {
  const headers = { 'content-type': 'application/json', expect: '100-continue' }
  const sent = httpRequest(`${url}/retrieve`, { method: 'POST', headers })
  const answered = once(sent, 'response').then(async ([response]) =>
    JSON.parse(Buffer.concat(await response.toArray()).toString()),
  )
  sent.flushHeaders()
  await once(sent, 'continue')
  return {
    finish() {
      sent.end(JSON.stringify({ query }))
      return answered
    },
  }
}

describe('the service over HTTP', () => {
  it('answers from a new index in the middle of its requests, and loads no second model', async () => {
    const { server, workers, json, post, retrieve } = await start()
    const overSocket = (request: Request) => {
      const { pathname, search } = new URL(request.url)
      return fetch(new Request(`${server.url}${pathname}${search}`, request))
    }
    const client = await connect({ request: overSocket }, '2026-07-28')
    const ask = async () => {
      const answer = await client.callTool({
        name: 'retrieve',
        arguments: { query: 'register every hive' },
      })
      return structuredOf(answer).index.id
    }
    const quote = 'says the changed rule of this year'
    const verify = () => post('/verify', { citations: [{ quote, guide: 'hive' }] })

    const old = await retrieve()
    expect(old.mode).toBe('hybrid')
    expect(await ask()).toBe(old.index.id)
    expect((await verify()).results[0].verdict).not.toBe('found')

    const slow = await slowQuestion(server.url, 'register every hive')
    let isReplaced = false
    const askOn = async () => {
      const answers = []
      while (!isReplaced) answers.push(await retrieve())
      return answers
    }
    const crowd = Promise.all([askOn(), askOn(), askOn()])
    const index = await server.replaceIndex(second)
    isReplaced = true

    expect(index.id).not.toBe(old.index.id)
    for (const answer of (await crowd).flat()) {
      expect([old.index.id, index.id]).toContain(answer.index.id)
      expect(answer.mode).toBe('hybrid')
    }
    expect(await retrieve()).toMatchObject({ index: { id: index.id }, mode: 'hybrid' })
    expect(await ask()).toBe(index.id)
    expect(await verify()).toMatchObject({
      results: [{ verdict: 'found' }],
      index: { id: index.id },
    })
    expect(await json('/ready')).toMatchObject({ index: { id: index.id }, degraded: false })
    // A question is asked when its body has arrived; this one still was on its way when the index was replaced.
    expect((await slow.finish()).index.id).toBe(index.id)
    expect(workers).toHaveLength(1)
  })

  it('goes on with its index when the new one is missing', async () => {
    const { server, retrieve } = await start()
    const old = await retrieve()
    await expect(server.replaceIndex(`${folder.path}/nowhere`)).rejects.toMatchObject({
      code: 'index_missing',
    })
    expect((await retrieve()).index.id).toBe(old.index.id)
  })

  it('answers the next question with vectors when its model has died', async () => {
    const { workers, json, retrieve } = await start()
    const [worker] = workers
    const ended = exitOf(worker)
    // Not a task: a bug in the thread's eyes, which ends it as any uncaught exception would.
    worker?.postMessage('no task')
    await ended
    expect(await retrieve()).toMatchObject({ mode: 'hybrid', degraded: false })
    expect(await json('/ready')).toMatchObject({ mode: 'hybrid', degraded: false })
    expect(workers).toHaveLength(2)
  })
})
