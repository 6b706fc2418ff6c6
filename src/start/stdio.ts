/** MCP over standard input and output: nothing but protocol on stdout, the log on stderr. */
import { PassThrough } from 'node:stream'
import { isJSONRPCRequest, type JSONRPCMessage, type Transport } from '@modelcontextprotocol/server'
import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio'
import type { McpDeps } from '../doors/mcp/mcp-deps.ts'
import { createMcpServer } from '../doors/mcp/server.ts'
import { isRetrievalError } from '../engine/core/errors.ts'
import { type Config, citationBase, parseConfig } from './config.ts'
import { type LoadedService, loadService } from './load-service.ts'
import { createLog, type Log } from './log.ts'

/** A call that runs when the input ends is answered within this time, or not at all. */
const DRAIN_MS = 10_000

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
    service: () => loading,
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
  let service: LoadedService | undefined
  const failed = loading.then(
    (loaded) => {
      service = loaded
      return new Promise<never>(() => undefined)
    },
    (error: unknown) => Promise.reject(error),
  )
  try {
    await Promise.race([drained, aborted, failed])
  } finally {
    await handle.close()
    // What still loads ends with the process.
    await service?.close()
  }
}

/**
 * The SDK drops what still runs when the input ends; a script that pipes its questions in wants them answered. So the
 * end is held back until every request has its answer.
 */
function createDrainingTransport(
  stdin: NodeJS.ReadableStream,
  stdout: NodeJS.WritableStream,
): { transport: Transport; drained: Promise<void> } {
  const input = new PassThrough()
  stdin.pipe(input, { end: false })
  // The SDK asks for Writable; every writable stream of Node is one.
  const inner = new StdioServerTransport(input, stdout as NodeJS.WriteStream)
  const waiting = new Set<string | number>()
  let ended = false
  let finish = (): void => undefined
  const drained = new Promise<void>((resolve) => {
    finish = resolve
  })
  const check = (): void => {
    if (ended && waiting.size === 0) finish()
  }
  const end = (): void => {
    ended = true
    setTimeout(finish, DRAIN_MS).unref()
    // What was read before the end is delivered first.
    setImmediate(check)
  }
  stdin.once('end', end)
  stdin.once('close', end)
  stdout.once('error', finish)
  const transport: Transport = {
    async start() {
      inner.onmessage = (message: JSONRPCMessage) => {
        if (isJSONRPCRequest(message)) waiting.add(message.id)
        else if ('method' in message && message.method === 'notifications/cancelled') {
          const id: unknown = message.params?.requestId
          if (typeof id === 'string' || typeof id === 'number') waiting.delete(id)
        }
        transport.onmessage?.(message)
      }
      inner.onclose = () => transport.onclose?.()
      inner.onerror = (error) => transport.onerror?.(error)
      await inner.start()
    },
    async send(message) {
      await inner.send(message)
      if (!('method' in message) && 'id' in message && message.id !== undefined) {
        waiting.delete(message.id)
        check()
      }
    },
    close: () => inner.close(),
  }
  return { transport, drained }
}

/** What `nss-copilot mcp` runs: returns the exit code. */
export async function runStdio(env: Readonly<Record<string, string | undefined>>): Promise<number> {
  // Whatever a library prints must not get between the messages.
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
