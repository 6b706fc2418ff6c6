/** The conformance runner's fixtures, mounted through the HTTP code of the service, on a port of their own. */
import { once } from 'node:events'
import { type ServerType, serve } from '@hono/node-server'
import {
  createRequestStateCodec,
  isLegacyRequest,
  McpServer,
  type McpServerFactory,
  WebStandardStreamableHTTPServerTransport,
} from '@modelcontextprotocol/server'
import { createApp } from '../../../../src/doors/http/app.ts'
import type { ServiceState } from '../../../../src/doors/http/service-state.ts'
import { createMcpHttpHandler } from '../../../../src/doors/mcp/http-handler.ts'
import { renderer } from '../../../fixtures/renderer.ts'
import { sampleService } from '../connected.ts'
import { registerContent } from './content.ts'
import { registerInput } from './input.ts'

const MAX_BODY_BYTES = 65_536
const CACHE = { ttlMs: 1000, cacheScope: 'public' } as const

function createFixtureFactory(): McpServerFactory {
  const states = createRequestStateCodec({ key: crypto.getRandomValues(new Uint8Array(32)) })
  return ({ era }) => {
    const server = new McpServer(
      { name: 'conformance-fixtures', version: '1.0.0' },
      {
        capabilities: {
          tools: { listChanged: false },
          resources: { listChanged: false, subscribe: era === 'legacy' },
          prompts: { listChanged: false },
          logging: {},
        },
        requestState: { verify: states.verify },
        cacheHints: { 'tools/list': CACHE, 'resources/list': CACHE, 'prompts/list': CACHE },
      },
    )
    if (era === 'legacy') {
      server.server.setRequestHandler('resources/subscribe', () => ({}))
      server.server.setRequestHandler('resources/unsubscribe', () => ({}))
    }
    registerContent(server)
    registerInput(server, states)
    return server
  }
}

/**
 * 2025 clients that a server asks back need a session: the answer comes with another request. The service asks
 * nobody back and keeps none.
 */
function withSessions(factory: McpServerFactory) {
  const modern = createMcpHttpHandler(factory, { maxBodyBytes: MAX_BODY_BYTES })
  const sessions = new Map<string, WebStandardStreamableHTTPServerTransport>()
  return async (request: Request): Promise<Response> => {
    if (!(await isLegacyRequest(request))) return modern.fetch(request)
    const known = sessions.get(request.headers.get('mcp-session-id') ?? '')
    if (known) return known.handleRequest(request)
    if (request.headers.has('mcp-session-id')) return new Response(null, { status: 404 })
    const transport = new WebStandardStreamableHTTPServerTransport({
      sessionIdGenerator: () => crypto.randomUUID(),
      onsessioninitialized: (id) => {
        sessions.set(id, transport)
      },
      onsessionclosed: (id) => {
        sessions.delete(id)
      },
    })
    await (await factory({ era: 'legacy', requestInfo: request })).connect(transport)
    return transport.handleRequest(request)
  }
}

export async function startFixtureServer(): Promise<{ url: string; stop(): void }> {
  const service = { ...(await sampleService()), modelId: 'hashing', hasModel: false }
  const state = { status: 'ready', service } as ServiceState // literals widen in an object
  const app = createApp({
    state: () => state,
    maxBodyBytes: MAX_BODY_BYTES,
    renderer,
    maxQueue: 16,
    corsOrigins: [],
    mcp: { fetch: withSessions(createFixtureFactory()), allowedHosts: [] },
  })
  const server: ServerType = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' })
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}/mcp`,
    stop() {
      server.close()
      if ('closeAllConnections' in server) server.closeAllConnections()
    },
  }
}
