/**
 * A stdio transport that answers everything it has read. The SDK's own transport drops running calls when its input ends,
 * which loses the answers of a script that pipes its questions in; this one keeps the input open until they are sent.
 */
import { PassThrough } from 'node:stream'
import { isJSONRPCRequest, type JSONRPCMessage, type Transport } from '@modelcontextprotocol/server'
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio'

/** How long after the end of the input running calls may still be answered. */
const DRAIN_MS = 10_000

/**
 * `drained` resolves once the input has ended and every request read from it has been answered, at the latest 10 seconds
 * after the end.
 */
export function createDrainingTransport(
  stdin: NodeJS.ReadableStream,
  stdout: NodeJS.WritableStream,
): { transport: Transport; drained: Promise<void> } {
  const input = new PassThrough()
  stdin.pipe(input, { end: false })
  // The SDK's type asks for a Writable, which every writable stream of Node is.
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
    // Deferred, so that messages read before the end are delivered and counted first.
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
