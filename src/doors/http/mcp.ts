/** The route `/mcp`: guards a fetch-like MCP handler against DNS rebinding and passes everything else on. */
import { Hono } from 'hono'
import { RetrievalError } from '../../engine/core/errors.ts'

export type McpEndpoint = {
  readonly fetch: (request: Request) => Promise<Response>
  /** Host names (no port; IPv6 in brackets) that this service is reached by. */
  readonly allowedHosts: readonly string[]
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * A page on another site can make its own name point to this machine and have a browser call us: such a call carries
 * that name as Host, and the page's as Origin. Calls without an Origin come from programs. `onCall` throws while
 * nothing can be answered.
 */
export function createMcpRoute(
  endpoint: McpEndpoint,
  corsOrigins: readonly string[],
  onCall: () => void,
): Hono {
  const hosts = new Set([...LOOPBACK, ...endpoint.allowedHosts.map((host) => host.toLowerCase())])
  const isAllowedOrigin = (origin: string): boolean =>
    corsOrigins.includes('*') || corsOrigins.includes(origin) || hosts.has(hostnameOf(origin) ?? '')
  const app = new Hono()
  app.on(['POST', 'GET', 'DELETE'], '/mcp', (c) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    if (!hosts.has('*') && !hosts.has(hostnameOf(`http://${host}`) ?? '')) {
      return refuse(`Host ${host} is not served here: set PUBLIC_BASE_URL or ALLOWED_HOSTS`)
    }
    const origin = c.req.header('origin')
    if (origin !== undefined && !isAllowedOrigin(origin)) {
      return refuse(`Origin ${origin} may not call: set CORS_ORIGINS`)
    }
    onCall()
    return endpoint.fetch(c.req.raw)
  })
  app.all('/mcp', (c) => {
    throw new RetrievalError('method_not_allowed', `${c.req.method} is not answered here: POST`, {
      details: { allow: 'POST' },
    })
  })
  return app
}

function hostnameOf(url: string): string | undefined {
  try {
    return new URL(url).hostname.toLowerCase()
  } catch {
    return undefined
  }
}

/** As MCP wants it: 403 with a JSON-RPC error that answers no request. */
function refuse(message: string): Response {
  return Response.json(
    { jsonrpc: '2.0', id: null, error: { code: -32_000, message } },
    { status: 403 },
  )
}
