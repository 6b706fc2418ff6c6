/** MCP over stdin and stdout, for clients that launch the service. stdout carries only the protocol; the log goes to stderr. */
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
 * Answers the handshake immediately and loads in the background; calls wait for the index. Resolves when the input has
 * ended and every request is answered, or when `stop` is aborted. Rejects if the index cannot be loaded.
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
    // If the service is still loading, it ends with the process.
    await service?.close()
  }
}

/** Runs `nss-copilot mcp` and resolves with the exit code. */
export async function runStdio(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  // Output of libraries must not get between the protocol's messages on stdout.
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
