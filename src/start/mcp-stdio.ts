/** MCP over stdin and stdout, for clients that start the service as a program. Only the protocol is on stdout; the log is on stderr. */
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import type { McpDeps } from '../doors/mcp/mcp-deps.ts'
import { createMcpServer } from '../doors/mcp/server.ts'
import { isRetrievalError } from '../engine/core/errors.ts'
import type { RunningService } from './compose.ts'
import { type Config, citationBase, parseConfig } from './config.ts'
import { createDrainingTransport } from './draining-transport.ts'
import { loadService } from './load-service.ts'
import { createLog, type Log } from './log.ts'

export type StdioStreams = {
  readonly stdin: NodeJS.ReadableStream
  readonly stdout: NodeJS.WritableStream
}

/**
 * Greets at once and loads meanwhile: calls wait for the index. Resolves when the input has ended and what was asked
 * is answered, or when `stop` is aborted; rejects when the index cannot be loaded.
 */
export async function serveMcp(
  config: Config,
  log: Log,
  { stdin, stdout }: StdioStreams,
  stop?: AbortSignal,
): Promise<void> {
  const baseUrl = citationBase(config)
  const loading = loadService({ ...config, baseUrl, notice: (message) => log.warn(message) })
  const deps: McpDeps = {
    service: async () => (await loading).current(),
    websiteUrl: baseUrl,
    fault: (error, what) => log.fault(error, { method: what, path: 'stdio' }),
  }
  const { transport, drained } = createDrainingTransport(stdin, stdout)
  const handle = serveStdio(() => createMcpServer(deps), {
    transport,
    onerror: (error) => log.warn(error.message),
  })
  const aborted = new Promise<void>((resolve) => {
    if (stop?.aborted) resolve()
    stop?.addEventListener('abort', () => resolve(), { once: true })
  })
  let service: RunningService | undefined
  const failed = new Promise<never>((_, reject) => {
    loading.then((loaded) => {
      service = loaded
    }, reject)
  })
  try {
    await Promise.race([drained, aborted, failed])
  } finally {
    await handle.close()
    // What still loads ends with the process.
    await service?.close()
  }
}

/** What `nss-copilot mcp` runs; resolves with the exit code. */
export async function runStdio(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  // What a library prints must not get between the protocol's messages.
  console.log = console.error
  console.info = console.error
  console.debug = console.error
  const stop = new AbortController()
  process.once('SIGTERM', () => stop.abort())
  process.once('SIGINT', () => stop.abort())
  try {
    const config = parseConfig(env)
    await serveMcp(config, createLog(config.LOG_LEVEL), process, stop.signal)
    return 0
  } catch (error) {
    console.error(isRetrievalError(error) ? `${error.code}: ${error.message}` : error)
    return 1
  }
}
