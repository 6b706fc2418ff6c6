/** The HTTP app as a function of its dependencies; Web APIs only, so that every runtime mounts the same one. */
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { RetrievalError } from '../../engine/core/errors.ts'
import type { LoadGuideRenderer } from '../../engine/core/guide-renderer.ts'
import { observeRetriever, observeVerifier } from './asking.ts'
import { createGate, type Gate } from './gate.ts'
import { createGuideRoutes } from './guides.ts'
import { createMcpRoute, type McpEndpoint } from './mcp.ts'
import { createMetrics, type Metrics } from './metrics.ts'
import { isFault, observeRequests, type RequestLog } from './observe.ts'
import { createOpenApiRoute } from './openapi/route.ts'
import { createOperationRoutes } from './operation.ts'
import { createPageRoutes, faultResponse, PAGE_METHODS } from './pages/routes.ts'
import { limitRate, type RateLimit } from './rate-limit.ts'
import { createRetrieveRoute } from './retrieve.ts'
import { readyService, type ServiceState } from './service.ts'
import { createVerifyRoute } from './verify.ts'

export type AppOptions = {
  readonly state: () => ServiceState
  readonly maxBodyBytes: number
  readonly maxQueue: number
  readonly corsOrigins: readonly string[]
  /** Without it a client may ask as often as it likes. */
  readonly rateLimit?: RateLimit
  /** Without it `/mcp` is not found. */
  readonly mcp?: McpEndpoint
  /** Shared with whoever else asks questions; without it the app has its own, of `maxQueue` places. */
  readonly gate?: Gate
  /** Shared in the same way. */
  readonly metrics?: Metrics
  /** Called with the first page: its parser is not needed to answer programs. */
  readonly renderer: LoadGuideRenderer
  readonly log?: RequestLog
}

/** Methods per path pattern: what 405 answers with. */
const METHODS: Readonly<Record<string, string>> = {
  '/retrieve': 'GET, HEAD, POST',
  ...PAGE_METHODS,
  '/guides': 'GET, HEAD',
  '/guides.json': 'GET, HEAD',
  '/guides/:file': 'GET, HEAD',
  '/guides/:id/quick-scan': 'GET, HEAD',
  '/passages/:id': 'GET, HEAD',
  '/verify': 'POST',
  '/health': 'GET, HEAD',
  '/ready': 'GET, HEAD',
  '/metrics': 'GET, HEAD',
  '/openapi.json': 'GET, HEAD',
  '/docs': 'GET, HEAD',
  '/docs/style.css': 'GET, HEAD',
  '/docs/try.js': 'GET, HEAD',
}

/** Where questions are answered: what a client may call so often a minute. */
const LIMITED = ['/retrieve', '/ask', '/verify', '/mcp']

export function createApp(options: AppOptions): Hono {
  const { state, log, maxBodyBytes, corsOrigins, renderer } = options
  const gate = options.gate ?? createGate(options.maxQueue)
  const metrics = options.metrics ?? createMetrics()
  const service = () => readyService(state())
  const library = () => service().library
  const retriever = () => observeRetriever(service().retriever, { gate, metrics, log })
  const verifier = () => observeVerifier(service().verifier, metrics)
  const app = new Hono()

  app.use(observeRequests(metrics, log))
  app.use(secureHeaders())
  if (corsOrigins.length > 0) {
    const origin = corsOrigins.includes('*') ? '*' : [...corsOrigins]
    const exposeHeaders = ['Retry-After']
    app.use(cors({ origin, allowMethods: ['GET', 'HEAD', 'POST'], exposeHeaders }))
  }
  if (options.rateLimit) {
    const limit = limitRate(options.rateLimit)
    for (const path of LIMITED) app.use(path, limit)
  }

  app.route('/', createRetrieveRoute({ retriever, maxBodyBytes }))
  app.route('/', createVerifyRoute({ verifier, maxBodyBytes }))
  app.route('/', createGuideRoutes(library, renderer))
  app.route('/', createPageRoutes({ library, retriever, renderer }))
  app.route('/', createOpenApiRoute(service, Object.keys(METHODS)))
  if (options.mcp) app.route('/', createMcpRoute(options.mcp, corsOrigins, service))
  app.route('/', createOperationRoutes({ state, metrics, inFlight: gate.inFlight }))

  for (const [path, allow] of Object.entries(METHODS)) {
    app.all(path, (c) => {
      throw new RetrievalError(
        'method_not_allowed',
        `${c.req.method} is not answered here: ${allow}`,
        { details: { allow } },
      )
    })
  }
  app.notFound((c) => faultResponse(c, new RetrievalError('not_found', `nothing at ${c.req.path}`)))
  app.onError((error, c) => {
    if (isFault(error)) log?.fault(error, { method: c.req.method, path: c.req.path })
    return faultResponse(c, error)
  })
  return app
}
