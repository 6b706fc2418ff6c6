/** The Node entry: reads the settings, listens, loads, and stops without losing a request. */
import { type ServerType, serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { createApp } from '../doors/http/app.ts'
import { createMetrics } from '../doors/http/metrics.ts'
import type { RateLimit } from '../doors/http/rate-limit.ts'
import { createRequestQueue } from '../doors/http/request-queue.ts'
import { readyService, type ServiceState } from '../doors/http/service-state.ts'
import { isRetrievalError, messageOf, RetrievalError } from '../engine/core/errors.ts'
import { type Config, describeSettings, parseConfig } from './config.ts'
import { type LoadedService, loadService } from './load-service.ts'
import { createLog, type Log } from './log.ts'
import { createMcpEndpoint } from './mcp-endpoint.ts'

/** Requests still running after this long are cut off when the process is asked to stop. */
const SHUTDOWN_MS = 10_000

export type RunningServer = { readonly url: string; ready(): Promise<void>; stop(): Promise<void> }

/** Listens at once, so that /health answers while index and model load; /ready follows. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  let state: ServiceState = { status: 'starting' }
  let service: LoadedService | undefined
  const queue = createRequestQueue(config.MAX_QUEUE)
  const metrics = createMetrics()
  const mcp = createMcpEndpoint({ config, queue, metrics, log, service: () => readyService(state) })
  const app = createApp({
    state: () => state,
    queue,
    metrics,
    mcp,
    ...(config.RATE_LIMIT_PER_MINUTE > 0 ? { rateLimit: rateLimitOf(config) } : {}),
    maxBodyBytes: config.MAX_BODY_BYTES,
    maxQueue: config.MAX_QUEUE,
    corsOrigins: config.CORS_ORIGINS,
    renderer: async () => (await import('../engine/guides/html.ts')).createGuideRenderer(),
    log,
  })
  const server = await listen(app.fetch, config)
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : config.PORT
  const host = config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST
  const url = `http://${host}:${port}`

  const loading = loadService({
    ...config,
    baseUrl: config.PUBLIC_BASE_URL || url,
    notice: (message) => log.warn(message),
  }).then(
    (loaded) => {
      service = loaded
      state = { status: 'ready', service: loaded }
      log.info(
        `ready at ${url} (${loaded.library.passageCount} passages, ${loaded.hasModel ? 'hybrid' : 'lexical'}, ${loaded.vectorIndex})`,
      )
    },
    (error: unknown) => {
      const known = isRetrievalError(error)
        ? error
        : new RetrievalError('internal', messageOf(error), { cause: error })
      state = { status: 'failed', error: known }
      log.fault(known, { method: 'load', path: config.INDEX_DIR })
      throw known
    },
  )
  loading.catch(() => undefined)

  return {
    url,
    ready: () => loading,
    async stop() {
      await Promise.all([close(server), mcp.close()])
      await loading.catch(() => undefined)
      await service?.close()
    },
  }
}

function rateLimitOf(config: Config): RateLimit {
  return {
    perMinute: config.RATE_LIMIT_PER_MINUTE,
    socketAddress: (c) => getConnInfo(c).remote.address,
    trustedProxies: config.TRUST_PROXY,
  }
}

function listen(
  fetch: (request: Request) => Response | Promise<Response>,
  config: Config,
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch, port: config.PORT, hostname: config.HOST }, () => resolve(server))
    server.once('error', (cause) =>
      reject(
        new RetrievalError(
          'config_invalid',
          `cannot listen on ${config.HOST}:${config.PORT} (${messageOf(cause)}): set PORT or HOST`,
          { cause },
        ),
      ),
    )
  })
}

/** Stops accepting, lets running requests end, cuts what is left after the time limit. */
function close(server: ServerType): Promise<void> {
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

/** What `npm start` and `nss-copilot serve` run. */
export async function main(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): Promise<void> {
  if (argv.includes('--help')) {
    console.log(
      `Starts the retrieval service. Settings (environment variables) and their defaults:\n${describeSettings()}`,
    )
    return
  }
  try {
    const config = parseConfig(env)
    const running = await startServer(config, createLog(config.LOG_LEVEL))
    const stop = () => {
      void running.stop().then(() => process.exit(0))
    }
    process.once('SIGTERM', stop)
    process.once('SIGINT', stop)
    await running.ready()
  } catch (error) {
    console.error(isRetrievalError(error) ? `${error.code}: ${error.message}` : error)
    process.exit(1)
  }
}
