/** Handler of `/mcp`: rejects DNS rebinding attacks and passes all other requests to the MCP handler. */
import type { RouteHandler } from './route.ts'

export type McpEndpoint = {
  /** The MCP handler. It responds with 405 to methods other than POST, as the protocol requires. */
  readonly fetch: (request: Request) => Promise<Response>
  /** Host names (no port; IPv6 in brackets) under which clients may reach this service. */
  readonly allowedHosts: readonly string[]
}

export type McpHandlerDeps = {
  readonly endpoint: McpEndpoint
  readonly corsOrigins: readonly string[]
  /** Throws while the service is not ready. */
  readonly checkReady: () => void
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/**
 * DNS rebinding: a malicious site can point its own host name at this machine and let a visitor's browser call the
 * service. Such a request has the site's name as Host and as Origin, so both are checked. Requests without an Origin come
 * from programs, not from pages.
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
      return refuse(`Origin ${origin} is not allowed: set CORS_ORIGINS`)
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

/** 403 with a JSON-RPC error without a request id, as MCP specifies. */
function refuse(message: string): Response {
  return Response.json(
    { jsonrpc: '2.0', id: null, error: { code: -32_000, message } },
    { status: 403 },
  )
}
