/** The service over HTTP in Node: listens at once, loads meanwhile, and stops without losing a request. */
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
  /** Where it listens: `http://127.0.0.1:8787`. */
  readonly url: string
  /** Resolves once index and model are loaded; rejects with why they cannot be. */
  ready(): Promise<void>
  /** The service's `replaceIndex`, once the service is ready: requests from then on are answered from the new index. */
  replaceIndex(indexDir?: string): Promise<IndexInfo>
  /** Lets running requests be answered, then closes everything. */
  stop(): Promise<void>
}

/** The service for requests that may come before it is loaded. */
type State = () => ServiceState<ServedIndex>

/** `/health` answers at once, `/ready` once index and model are loaded. Rejects with `config_invalid` for a busy port. */
export async function startServer(config: Config, log: Log): Promise<RunningServer> {
  let service: RunningService | undefined
  let failure: RetrievalError | undefined
  const state: State = () => {
    if (service) return { status: 'ready', service: service.current() }
    return failure ? { status: 'failed', error: failure } : { status: 'starting' }
  }
  const { app, close } = createHttpApp(config, log, state)
  // A request holds the index that it begins with, so that a replaced one is not closed under it.
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
  // A caller who never asks `ready` still finds the failure in the log and at /ready.
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

/** The app with `/mcp`, which shares its queue and its counters. */
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

/** What `npm start` and `nss-copilot serve` run; a fault is printed and ends the process with code 1. */
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
