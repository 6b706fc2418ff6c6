/** The route `/mcp`: whom it lets in, and what it answers to what is not MCP. */
import { describe, expect, it } from 'vitest'
import { jsonOf } from '../http/sample-app.ts'
import { mcpApp, sampleService } from './connected.ts'

const LIST = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' })

async function post(
  headers: Record<string, string>,
  options: Parameters<typeof mcpApp>[1] & { body?: string; url?: string } = {},
): Promise<Response> {
  const app = mcpApp(await sampleService(), options)
  return app.request(options.url ?? 'http://localhost/mcp', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: options.body ?? LIST,
  })
}

describe('the route /mcp', () => {
  it.each(['localhost:8787', '127.0.0.1:1', '[::1]:8787', 'LOCALHOST'])(
    'answers the host %s',
    async (host) => {
      expect((await post({ host })).status).toBe(200)
    },
  )

  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.nip.example', 'a b', ''])(
    'refuses the host "%s"',
    async (host) => {
      const response = await post({ host })
      expect(response.status).toBe(403)
      expect(await jsonOf(response)).toMatchObject({ jsonrpc: '2.0', id: null })
    },
  )

  it('answers hosts that the settings name, and any with *', async () => {
    const host = 'guides.example'
    expect((await post({ host }, { allowedHosts: ['Guides.example'] })).status).toBe(200)
    expect((await post({ host }, { allowedHosts: ['*'] })).status).toBe(200)
  })

  it.each([
    ['http://localhost:3000', 200],
    ['https://guides.example', 200],
    ['https://app.example', 200],
    ['https://evil.example', 403],
    ['null', 403],
  ])('answers the origin %s with %i', async (origin, status) => {
    const options = { allowedHosts: ['guides.example'], corsOrigins: ['https://app.example'] }
    expect((await post({ origin }, options)).status).toBe(status)
  })

  it.each(['GET', 'DELETE', 'PUT', 'PATCH'])('answers %s with 405 and Allow', async (method) => {
    const app = mcpApp(await sampleService())
    const response = await app.request('http://localhost/mcp', { method })
    expect(response.status).toBe(405)
    expect(response.headers.get('allow')).toBe('POST')
  })

  it('refuses a body that is too large, of another type, or not JSON', async () => {
    const large = await post({}, { maxBodyBytes: 2000, body: LIST + ' '.repeat(3000) })
    expect(large.status).toBe(413)
    expect((await post({ 'content-type': 'text/plain' })).status).toBe(415)
    const broken = await post({}, { body: '{' })
    expect(broken.status).toBe(400)
    expect(await jsonOf(broken)).toMatchObject({ error: { code: -32700 } })
  })

  it('responds with 503 and says when to retry while the index is loading', async () => {
    const response = await post({}, { starting: true })
    expect(response.status).toBe(503)
    expect(response.headers.get('retry-after')).toBe('1')
  })

  it('is not found in an app that has none', async () => {
    const { sampleApp } = await import('../http/sample-app.ts')
    const { request } = await sampleApp()
    expect((await request('/mcp', { method: 'POST' })).status).toBe(404)
  })
})
