/** The MCP endpoint as the settings compose it: whom it lets in, and the queue it shares with questions over HTTP. */
import { describe, expect, it } from 'vitest'
import { createApp } from '../../src/doors/http/app.ts'
import { createMetrics } from '../../src/doors/http/metrics.ts'
import { createRequestQueue } from '../../src/doors/http/request-queue.ts'
import type { ServiceState } from '../../src/doors/http/service-state.ts'
import type { Retriever } from '../../src/engine/core/retrieval.ts'
import { parseConfig } from '../../src/start/config.ts'
import { createLog } from '../../src/start/log.ts'
import { createMcpEndpoint } from '../../src/start/mcp-http.ts'
import { connect, ERAS, sampleService, textsOf } from '../doors/mcp/connected.ts'
import { renderer } from '../fixtures/renderer.ts'

/** `before`: what every question waits for. */
async function endpoint(env: Record<string, string>, before?: () => Promise<void>) {
  const config = parseConfig(env)
  const queue = createRequestQueue(config.MAX_QUEUE)
  const metrics = createMetrics()
  const sample = await sampleService()
  const retriever: Retriever = {
    async retrieve(request, options) {
      await before?.()
      return sample.retriever.retrieve(request, options)
    },
  }
  const described = { modelId: 'hashing', hasModel: true, vectorIndex: 'flat' as const }
  const hold = async <T>(task: () => T | Promise<T>) => task()
  const service = { ...sample, ...described, retriever, hold }
  const state: ServiceState = { status: 'ready', service }
  const log = createLog('silent')
  const mcp = createMcpEndpoint({ config, queue, metrics, log, service: () => service })
  const app = createApp({
    state: () => state,
    maxBodyBytes: config.MAX_BODY_BYTES,
    renderer,
    maxQueue: config.MAX_QUEUE,
    corsOrigins: config.CORS_ORIGINS,
    queue,
    metrics,
    mcp,
  })
  const statusFor = async (host: string) => {
    const headers = {
      host,
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
    }
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })
    return (await app.request('http://x/mcp', { method: 'POST', headers, body })).status
  }
  return { app, queue, mcp, statusFor }
}

describe('the MCP endpoint of the service', () => {
  it('is reached by localhost alone when nothing is set', async () => {
    const { statusFor } = await endpoint({})
    expect(await statusFor('127.0.0.1:8787')).toBe(200)
    expect(await statusFor('guides.example')).toBe(403)
  })

  it('is reached by the names in PUBLIC_BASE_URL, HOST and ALLOWED_HOSTS', async () => {
    const { statusFor } = await endpoint({
      PUBLIC_BASE_URL: 'https://guides.example/base',
      HOST: '10.0.0.7',
      ALLOWED_HOSTS: 'tunnel.example, other.example',
    })
    for (const host of ['guides.example', '10.0.0.7:8787', 'tunnel.example', 'other.example:444'])
      expect([host, await statusFor(host)]).toEqual([host, 200])
    expect(await statusFor('evil.example')).toBe(403)
  })

  it('does not take the address "any" for a name', async () => {
    const { statusFor } = await endpoint({ HOST: '0.0.0.0' })
    expect(await statusFor('0.0.0.0:8787')).toBe(403)
  })

  it.each(['guides.example:80', 'https://guides.example', 'a b'])(
    'refuses to start with the host name %s',
    (value) => {
      expect(() => parseConfig({ ALLOWED_HOSTS: value })).toThrow(/ALLOWED_HOSTS=/)
    },
  )

  it.each(ERAS)('tells a client of %s to come back when the queue is full', async (era) => {
    const { app, queue } = await endpoint({ MAX_QUEUE: '1' })
    const client = await connect(app, era)
    let free = (): void => undefined
    const held = queue.run(() => new Promise<void>((resolve) => (free = resolve)))
    const question = { name: 'search', arguments: { query: 'register every hive' } }
    const refused = await client.callTool(question)
    expect(refused.isError).toBe(true)
    expect(textsOf(refused)[0]).toMatch(/try again in \d+ seconds/)
    // Reading needs no place in the queue.
    const read = await client.callTool({ name: 'fetch', arguments: { id: 'hive' } })
    expect(read.isError).toBeFalsy()
    free()
    await held
    expect((await client.callTool(question)).isError).toBeFalsy()
  })

  it('counts verdicts of answers and quotes with those over HTTP, and never a question', async () => {
    const { app } = await endpoint({})
    const client = await connect(app, '2026-07-28')
    const query = 'register every hive'
    await client.callTool({ name: 'search', arguments: { query } })
    await client.callTool({ name: 'retrieve', arguments: { query: 'best pizza in Naples' } })
    const citations = [{ quote: 'Register every hive', guide: 'hive' }]
    await client.callTool({ name: 'verify_citations', arguments: { citations } })
    await app.request('/retrieve?q=register+every+hive')
    const headers = { 'content-type': 'application/json' }
    const body = JSON.stringify({ citations })
    await app.request('/verify', { method: 'POST', headers, body })
    const text = await (await app.request('/metrics')).text()
    expect(text).toContain('nss_answers_total{verdict="answerable"} 2\n')
    expect(text).toContain('nss_answers_total{verdict="not_in_corpus"} 1\n')
    expect(text).toContain('nss_quotes_total{verdict="found"} 2\n')
    expect(text).not.toMatch(/register every hive|pizza/i)
  })

  it('answers what still runs before it closes', async () => {
    let go = (): void => undefined
    let began = (): void => undefined
    const running = new Promise<void>((resolve) => (began = resolve))
    const { app, mcp } = await endpoint({}, () => {
      began()
      return new Promise((resolve) => (go = resolve))
    })
    const client = await connect(app, '2026-07-28')
    const asked = client.callTool({ name: 'search', arguments: { query: 'register every hive' } })
    await running
    const closed = mcp.close()
    go()
    expect((await asked).isError).toBeFalsy()
    await closed
  })
})
