/** Handler of `/mcp`: guards a fetch-like MCP handler against DNS rebinding and passes everything else on. */
import type { RouteHandler } from './route.ts'

export type McpEndpoint = {
  /** Answers methods other than POST with 405 itself, as the protocol wants it. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Host names (no port; IPv6 in brackets) that this service is reached by. */
  readonly allowedHosts: readonly string[]
}

export type McpHandlerDeps = {
  readonly endpoint: McpEndpoint
  readonly corsOrigins: readonly string[]
  /** Throws while nothing can be answered. */
  readonly checkReady: () => void
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * A page on another site can make its own name point to this machine and have a browser call us: such a call carries
 * that name as Host, and the page's as Origin. Calls without an Origin come from programs.
 */
export function createMcpHandler({
  endpoint,
  corsOrigins,
  checkReady,
}: McpHandlerDeps): RouteHandler {
  const hosts = new Set([...LOOPBACK, ...endpoint.allowedHosts.map((host) => host.toLowerCase())])
  const isAllowedOrigin = (origin: string): boolean =>
    corsOrigins.includes('*') || corsOrigins.includes(origin) || hosts.has(hostnameOf(origin) ?? '')
  return (c) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host
    if (!hosts.has('*') && !hosts.has(hostnameOf(`http://${host}`) ?? '')) {
      return refuse(`Host ${host} is not served here: set PUBLIC_BASE_URL or ALLOWED_HOSTS`)
    }
    const origin = c.req.header('origin')
    if (origin !== undefined && !isAllowedOrigin(origin)) {
      return refuse(`Origin ${origin} may not call: set CORS_ORIGINS`)
    }
    checkReady()
    return endpoint.fetch(c.req.raw)
  }
}

function hostnameOf(url: string): string | undefined {
  try {
    return new URL(url).hostname.toLowerCase()
  } catch {
    return undefined
  }
}

/** 403 with a JSON-RPC error that belongs to no request, as MCP wants it. */
function refuse(message: string): Response {
  return Response.json(
    { jsonrpc: '2.0', id: null, error: { code: -32_000, message } },
    { status: 403 },
  )
}
