/** A Node HTTP server over a fetch function: its address, and how it closes. */
import { serve } from '@hono/node-server'
import { messageOf, RetrievalError } from '../engine/core/errors.ts'

/** Requests that still run this long after `close` are cut off. */
const SHUTDOWN_MS = 10_000

export type Listening = {
  /** `http://127.0.0.1:8787` */
  readonly url: string
  /** Accepts nothing new and resolves once running requests have ended. */
  close(): Promise<void>
}

type Fetch = Parameters<typeof serve>[0]['fetch']
type Server = ReturnType<typeof serve>
type Address = {
  /** 0 takes a free one. */
  readonly PORT: number
  readonly HOST: string
}

/** Rejects with `config_invalid` when the address cannot be listened on. */
export async function listen(fetch: Fetch, { PORT, HOST }: Address): Promise<Listening> {
  const server = await new Promise<Server>((resolve, reject) => {
    const starting = serve({ fetch, port: PORT, hostname: HOST }, () => resolve(starting))
    starting.once('error', (cause) =>
      reject(
        new RetrievalError(
          'config_invalid',
          `cannot listen on ${HOST}:${PORT} (${messageOf(cause)}): set PORT or HOST`,
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
