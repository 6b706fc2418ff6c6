/** Builds the HTTP app from its dependencies. It uses only Web APIs, so that it runs on every runtime. */
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { secureHeaders } from 'hono/secure-headers'
import { RetrievalError } from '../../engine/core/errors.ts'
import type { LoadGuideRenderer } from '../../engine/core/guide-renderer.ts'
import { createCountedVerifier } from './counted-verifier.ts'
import type { McpEndpoint } from './mcp.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { faultResponse } from './pages/fault-response.ts'
import { createQueuedRetriever } from './queued-retriever.ts'
import { limitRate, type RateLimit } from './rate-limit.ts'
import { isFault, logRequests, type RequestLog } from './request-log.ts'
import { createRequestQueue, type RequestQueue } from './request-queue.ts'
import { mountRoutes, type RouteEnv } from './route.ts'
import { createRoutes } from './routes.ts'
import { readyService, type ServiceState } from './service-state.ts'

export type AppOptions = {
  /** Called for every request, because the index can be replaced while the service runs. */
  readonly state: () => ServiceState
  readonly maxBodyBytes: number
  /** How many questions may be in progress or waiting. */
  readonly maxQueue: number
  readonly corsOrigins: readonly string[]
  /** Without it, requests are not limited. */
  readonly rateLimit?: RateLimit
  /** Without it, `/mcp` responds with 404. */
  readonly mcp?: McpEndpoint
  /** A queue to share with other callers, such as MCP; by default the app creates its own with `maxQueue` places. */
  readonly queue?: RequestQueue
  /** Metrics to share with other callers; by default the app creates its own. */
  readonly metrics?: Metrics
  /** Called when the first page is requested; clients that only request data never load the Markdown parser. */
  readonly renderer: LoadGuideRenderer
  readonly log?: RequestLog
}

export function createApp(options: AppOptions): Hono<RouteEnv> {
  const { state, log, rateLimit } = options
  const queue = options.queue ?? createRequestQueue(options.maxQueue)
  const metrics = options.metrics ?? createMetrics()
  const service = () => readyService(state())
  const routes = createRoutes({
    ...options,
    metrics,
    inFlight: queue.inFlight,
    retriever: () => createQueuedRetriever(service().retriever, { queue, metrics, log }),
    verifier: () => createCountedVerifier(service().verifier, metrics),
  })

  const app = new Hono<RouteEnv>()
  app.use(logRequests(metrics, log))
  app.use(secureHeaders())
  if (options.corsOrigins.length > 0) app.use(allowOrigins(options.corsOrigins))
  app.use(methodNotAllowed({ app, onMethodNotAllowed: refuseMethod }))
  mountRoutes(app, routes, rateLimit && limitRate(rateLimit))

  app.notFound((c) => faultResponse(c, new RetrievalError('not_found', `nothing at ${c.req.path}`)))
  app.onError((error, c) => {
    if (isFault(error)) log?.fault(error, { method: c.req.method, path: c.req.path })
    return faultResponse(c, error)
  })
  return app
}

function allowOrigins(corsOrigins: readonly string[]) {
  return cors({
    origin: corsOrigins.includes('*') ? '*' : [...corsOrigins],
    allowMethods: ['GET', 'HEAD', 'POST'],
    exposeHeaders: ['Retry-After'],
  })
}

function refuseMethod(c: Context, allowed: string[]): Promise<Response> {
  const allow = allowed.join(', ')
  const message = `${c.req.method} is not supported here: use ${allow}`
  const details = { allow }
  return faultResponse(c, new RetrievalError('method_not_allowed', message, { details }))
}
