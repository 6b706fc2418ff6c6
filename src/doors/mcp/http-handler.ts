/** MCP over Streamable HTTP as a fetch-like function: the 2026-07-28 revision, and 2025 clients without sessions. */
import { createMcpHandler, type McpServerFactory } from '@modelcontextprotocol/server'
import type { McpDeps, ToolProfile } from './mcp-deps.ts'
import { createMcpServer } from './server.ts'

export type McpHttpHandler = {
  readonly fetch: (request: Request) => Promise<Response>
  /** Waits for running calls, then ends the streams that are still open, so that the process can stop. */
  readonly close: () => Promise<void>
}

export type McpHttpOptions = {
  readonly maxBodyBytes: number
  /** Called with refused requests and failures; cannot change an answer. */
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

/** The factory of the service: `?tools=chatgpt` in the address shows `search` and `fetch` alone. */
export function createServerFactory(deps: McpDeps): McpServerFactory {
  return ({ requestInfo }) => createMcpServer(deps, profileOf(requestInfo?.url))
}

function profileOf(url: string | undefined): ToolProfile {
  if (url === undefined) return 'all'
  return new URL(url).searchParams.get('tools') === 'chatgpt' ? 'chatgpt' : 'all'
}
