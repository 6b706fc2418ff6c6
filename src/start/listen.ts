/** Runs a fetch function as a Node HTTP server, and closes it gracefully. */
import { serve } from '@hono/node-server'
import { messageOf, RetrievalError } from '../engine/core/errors.ts'

/** Requests still running this long after `close` are cut off. */
const SHUTDOWN_MS = 10_000

export type Listening = {
  /** `http://127.0.0.1:8787` */
  readonly url: string
  /** Stops accepting connections and resolves once the requests in progress have ended. */
  close(): Promise<void>
}

type Fetch = Parameters<typeof serve>[0]['fetch']
type Server = ReturnType<typeof serve>
type Address = {
  /** 0 picks a free port. */
  readonly PORT: number
  readonly HOST: string
}

/** Rejects with `config_invalid` if the server cannot listen on the address. */
export async function listen(fetch: Fetch, { PORT, HOST }: Address): Promise<Listening> {
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = serve({ fetch, port: PORT, hostname: HOST }, () => resolve(starting))
    starting.once('error', (cause) =>
      reject(
        new RetrievalError(
          'config_invalid',
          `cannot listen on ${HOST}:${PORT} (${messageOf(cause)}): set another PORT or HOST`,
          { cause },
        ),
      ),
    )
  })
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : PORT
  const host = HOST.includes(':') ? `[${HOST}]` : HOST
  return { url: `http://${host}:${port}`, close: () => close(server) }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections()
    }, SHUTDOWN_MS)
    server.close(() => {
      clearTimeout(cut)
      resolve()
    })
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}
