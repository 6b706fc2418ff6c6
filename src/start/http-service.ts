/** The service over HTTP in Node: listens immediately, loads in the background, and stops without losing a request. */
import { getConnInfo } from '@hono/node-server/conninfo'
import { createApp } from '../doors/http/app.ts'
import { createMetrics } from '../doors/http/metrics.ts'
import type { RateLimit } from '../doors/http/rate-limit.ts'
import { createRequestQueue } from '../doors/http/request-queue.ts'
import { readyService, type ServiceState } from '../doors/http/service-state.ts'
import { isRetrievalError, messageOf, RetrievalError } from '../engine/core/errors.ts'
import type { IndexInfo, RunningService } from './compose.ts'
import { type Config, describeSettings, parseConfig } from './config.ts'
import { listen } from './listen.ts'
import { loadService } from './load-service.ts'
import { createLog, type Log } from './log.ts'
import { createMcpEndpoint } from './mcp-http.ts'
import type { ServedIndex } from './served-index.ts'

export type RunningServer = {
  /** The address it listens on: `http://127.0.0.1:8787`. */
  readonly url: string
  /** Resolves once index and model are loaded; rejects with the reason if they cannot be. */
  ready(): Promise<void>
  /** Waits until the service is ready, then replaces its index; later requests are answered from the new one. */
  replaceIndex(indexDir?: string): Promise<IndexInfo>
  /** Waits for requests in progress, then closes everything. */
  stop(): Promise<void>
}

/** The state of the service as requests see it; they may arrive before it has loaded. */
type State = () => ServiceState<ServedIndex>

/** `/health` answers immediately, `/ready` once index and model are loaded. Rejects with `config_invalid` if the port is in use. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  let service: RunningService | undefined
  let failure: RetrievalError | undefined
  const state: State = () => {
    if (service) return { status: 'ready', service: service.current() }
    return failure ? { status: 'failed', error: failure } : { status: 'starting' }
  }
  const { app, close } = createHttpApp(config, log, state)
  // Each request holds the index that it starts with, so that a replaced index stays open until the request ends.
  const fetch: typeof app.fetch = (...request) =>
    service ? service.current().hold(() => app.fetch(...request)) : app.fetch(...request)
  const server = await listen(fetch, config)

  const load = async (): Promise<RunningService> => {
    try {
      service = await loadService({
        ...config,
        baseUrl: config.PUBLIC_BASE_URL || server.url,
        notice: (message) => log.warn(message),
      })
    } catch (cause) {
      failure = isRetrievalError(cause)
        ? cause
        : new RetrievalError('internal', messageOf(cause), { cause })
      log.fault(failure, { method: 'load', path: config.INDEX_DIR })
      throw failure
    }
    log.info(`ready at ${server.url} (${describe(service)})`)
    return service
  }
  const loading = load()
  // Not an unhandled rejection: a caller that never calls `ready` finds the failure in the log and at /ready.
  loading.catch(() => undefined)

  return {
    url: server.url,
    ready: async () => void (await loading),
    async replaceIndex(indexDir) {
      const running = await loading
      const index = await running.replaceIndex(indexDir)
      log.info(`answering from index ${index.id} (${describe(running)})`)
      return index
    },
    async stop() {
      await Promise.all([server.close(), close()])
      const running = await loading.catch(() => undefined)
      await running?.close()
    },
  }
}

function describe({ index, hasModel }: RunningService): string {
  return `${index.passages} passages, ${hasModel ? 'hybrid' : 'lexical'}, ${index.vectorIndex}`
}

/** The app and its `/mcp`, which share one queue and one set of metrics. */
function createHttpApp(config: Config, log: Log, state: State) {
  const queue = createRequestQueue(config.MAX_QUEUE)
  const metrics = createMetrics()
  const mcp = createMcpEndpoint({
    config,
    queue,
    metrics,
    log,
    service: () => readyService(state()),
  })
  const app = createApp({
    state,
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
  return { app, close: mcp.close }
}

function rateLimitOf(config: Config): RateLimit {
  return {
    perMinute: config.RATE_LIMIT_PER_MINUTE,
    socketAddress: (c) => getConnInfo(c).remote.address,
    trustedProxies: config.TRUST_PROXY,
  }
}

/** Runs `npm start` and `nss-copilot serve`. A fault is printed and ends the process with exit code 1. */
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
