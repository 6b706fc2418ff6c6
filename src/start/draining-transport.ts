/**
 * The SDK's stdio transport drops running calls when its input ends, but a script that pipes its questions in wants them
 * answered: this one keeps the input open until they are.
 */
import { PassThrough } from 'node:stream'
import { isJSONRPCRequest, type JSONRPCMessage, type Transport } from '@modelcontextprotocol/server'
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio'

/** A call that still runs this long after the end of the input is not answered. */
const DRAIN_MS = 10_000

/**
 * `drained` resolves when the input has ended and every request that was read from it is answered, 10 seconds after the
 * end at the latest.
 */
export function createDrainingTransport(
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
