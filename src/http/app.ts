/** The HTTP app as a function of its dependencies; Web APIs only, so that every runtime mounts the same one. */
import { type Context, Hono } from 'hono'
import { cors } from 'hono/cors'
import { routePath } from 'hono/route'
import { secureHeaders } from 'hono/secure-headers'
import { RetrievalError } from '../core/errors.ts'
import type { LoadGuideRenderer } from '../core/guide-renderer.ts'
import type { RetrievalRequest } from '../core/retrieval.ts'
import { toSearchResults } from '../core/search-result.ts'
import { readJson } from './body.ts'
import { createGate, type Gate } from './gate.ts'
import { createGuideRoutes } from './guides.ts'
import { createMcpRoute, type McpEndpoint } from './mcp.ts'
import { createMetrics, type Gauge, METRICS_TYPE } from './metrics.ts'
import { createOpenApiRoute } from './openapi/route.ts'
import { createPageRoutes, faultResponse, PAGE_METHODS } from './pages/routes.ts'
import { toProblem } from './problem.ts'
import { parseRetrievalBody, parseRetrievalQuery } from './request.ts'
import { readyService, type ServiceState } from './service.ts'
import { createVerifyRoute } from './verify.ts'

export type RequestLog = {
  /** Path without the query string: questions are personal. */
  request(entry: { method: string; path: string; status: number; ms: number }): void
  /** The question itself, for debugging only; the receiver masks identifiers. */
  question(entry: { query: string; verdict: string; ms: number }): void
  /** Faults of ours, with the whole chain. */
  fault(error: unknown, entry: { method: string; path: string }): void
}

export type AppOptions = {
  readonly state: () => ServiceState
  readonly maxBodyBytes: number
  readonly maxQueue: number
  readonly corsOrigins: readonly string[]
  /** Without it `/mcp` is not found. */
  readonly mcp?: McpEndpoint
  /** Shared with whoever else asks questions; without it the app has its own, of `maxQueue` places. */
  readonly gate?: Gate
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

export function createApp(options: AppOptions): Hono {
  const { state, log } = options
  const gate = options.gate ?? createGate(options.maxQueue)
  const metrics = createMetrics()
  const app = new Hono()

  app.use(async (c, next) => {
    const began = performance.now()
    await next()
    const { method, path } = c.req
    const entry = { method, status: c.res.status, ms: performance.now() - began }
    metrics.request({ ...entry, route: routeOf(c) })
    log?.request({ ...entry, path })
  })
  app.use(secureHeaders())
  if (options.corsOrigins.length > 0) {
    const origin = options.corsOrigins.includes('*') ? '*' : [...options.corsOrigins]
    app.use(cors({ origin, allowMethods: ['GET', 'HEAD', 'POST'] }))
  }

  const answer = async (request: RetrievalRequest, signal: AbortSignal) => {
    const { retriever } = readyService(state())
    const found = await gate.run(() => retriever.retrieve(request, { signal }))
    const { verdict } = found.answerability
    metrics.answer({ verdict, degraded: found.degraded })
    log?.question({ query: request.query, verdict, ms: found.tookMs.total })
    return found
  }

  app.on(['GET', 'POST'], '/retrieve', async (c) => {
    readyService(state())
    // Read before the gate: a slow upload must not hold a place in the queue.
    const request =
      c.req.method === 'POST'
        ? parseRetrievalBody(await readJson(c.req.raw, options.maxBodyBytes))
        : parseRetrievalQuery(c.req.url)
    const answered = await answer(request, c.req.raw.signal)
    return c.json(request.format === 'anthropic' ? toSearchResults(answered) : answered)
  })

  const library = () => readyService(state()).library
  app.route('/', createGuideRoutes(library, options.renderer))
  app.route('/', createPageRoutes({ library, answer, renderer: options.renderer }))

  app.route(
    '/',
    createVerifyRoute({
      verifier: () => readyService(state()).verifier,
      maxBodyBytes: options.maxBodyBytes,
      onVerdict: metrics.quote,
    }),
  )

  app.route(
    '/',
    createOpenApiRoute(() => readyService(state()), Object.keys(METHODS)),
  )

  if (options.mcp) {
    app.route(
      '/',
      createMcpRoute(options.mcp, options.corsOrigins, () => readyService(state())),
    )
  }

  app.get('/health', (c) => c.json({ status: 'ok' }))
  app.get('/ready', (c) => {
    const { library, modelId, hasModel, vectorIndex } = readyService(state())
    return c.json({
      status: 'ready',
      mode: hasModel ? 'hybrid' : 'lexical',
      degraded: !hasModel,
      index: { id: library.indexId, model: modelId, passages: library.passageCount, vectorIndex },
    })
  })

  app.get('/metrics', (c) =>
    c.body(metrics.render(gaugesOf(state(), gate.inFlight())), 200, {
      'content-type': METRICS_TYPE,
    }),
  )

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

/** The pattern that answered: addresses would be labels without end. */
function routeOf(c: Context): string {
  const route = routePath(c)
  return route === '/*' || route === '*' ? 'other' : route
}

function gaugesOf(state: ServiceState, inFlight: number): Gauge[] {
  const gauges: Gauge[] = [
    {
      name: 'nss_ready',
      help: '1 once the index is loaded.',
      value: state.status === 'ready' ? 1 : 0,
    },
    {
      name: 'nss_questions_in_flight',
      help: 'Questions being answered or waiting.',
      value: inFlight,
    },
  ]
  if (state.status !== 'ready') return gauges
  const { library, modelId, hasModel, vectorIndex } = state.service
  const labels = {
    id: library.indexId,
    model: modelId,
    mode: hasModel ? 'hybrid' : 'lexical',
    vectorIndex,
  }
  return [
    ...gauges,
    { name: 'nss_index_passages', help: 'Passages of the index.', value: library.passageCount },
    { name: 'nss_index_info', help: 'Which index and model answer.', value: 1, labels },
  ]
}

/** What somebody has to mend; a full queue or a starting service mends itself. */
function isFault(error: unknown): boolean {
  const { status, code } = toProblem(error)
  return status >= 500 && code !== 'overloaded' && code !== 'not_ready'
}
