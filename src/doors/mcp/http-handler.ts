/** MCP over Streamable HTTP as a fetch-like function, for the 2026-07-28 revision and, without sessions, those of 2025. */
import { createMcpHandler, type McpServerFactory } from '@modelcontextprotocol/server'
import type { McpDeps, ToolProfile } from './mcp-deps.ts'
import { createMcpServer } from './server.ts'

export type McpHttpHandler = {
  readonly fetch: (request: Request) => Promise<Response>
  /** Waits for running calls, then closes the streams that are still open, so that the process can stop. */
  readonly close: () => Promise<void>
}

export type McpHttpOptions = {
  readonly maxBodyBytes: number
  /** Called with refused requests and failures. It cannot change a response. */
  readonly onError?: (error: Error) => void
}

export function createMcpHttpHandler(
  factory: McpServerFactory,
  { maxBodyBytes, onError }: McpHttpOptions,
): McpHttpHandler {
  const { fetch, close } = createMcpHandler(factory, {
    maxRequestBodySize: maxBodyBytes,
    ...(onError ? { onerror: onError } : {}),
  })
  const running = new Set<Promise<Response>>()
  return {
    fetch(request) {
      const response = fetch(request)
      running.add(response)
      const done = () => running.delete(response)
      response.then(done, done)
      return response
    },
    async close() {
      await Promise.allSettled(running)
      await close()
    },
  }
}

/** The service's server factory: with `?tools=chatgpt` in the URL, the server offers only `search` and `fetch`. */
export function createServerFactory(deps: McpDeps): McpServerFactory {
  return ({ requestInfo }) => createMcpServer(deps, profileOf(requestInfo?.url))
}

function profileOf(url: string | undefined): ToolProfile {
  if (url === undefined) return 'all'
  return new URL(url).searchParams.get('tools') === 'chatgpt' ? 'chatgpt' : 'all'
}
