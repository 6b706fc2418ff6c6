/** The HTTP app as a function of its dependencies; Web APIs only, so that every runtime mounts the same one. */
import { Hono } from 'hono'
import { cors } from 'hono/cors'
import { secureHeaders } from 'hono/secure-headers'
import { RetrievalError } from '../core/errors.ts'
import type { LoadGuideRenderer } from '../core/guide-renderer.ts'
import type { RetrievalRequest } from '../core/retrieval.ts'
import { readJson } from './body.ts'
import { createGate } from './gate.ts'
import { createGuideRoutes } from './guides.ts'
import { createPageRoutes, faultResponse, PAGE_METHODS } from './pages/routes.ts'
import { toProblem } from './problem.ts'
import { parseRetrievalBody, parseRetrievalQuery } from './request.ts'
import { readyService, type ServiceState } from './service.ts'

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
  '/health': 'GET, HEAD',
  '/ready': 'GET, HEAD',
}

export function createApp(options: AppOptions): Hono {
  const { state, log } = options
  const gate = createGate(options.maxQueue)
  const app = new Hono()

  app.use(async (c, next) => {
    const began = performance.now()
    await next()
    const { method, path } = c.req
    log?.request({ method, path, status: c.res.status, ms: performance.now() - began })
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
    return c.json(await answer(request, c.req.raw.signal))
  })

  const library = () => readyService(state()).library
  app.route('/', createGuideRoutes(library, options.renderer))
  app.route('/', createPageRoutes({ library, answer, renderer: options.renderer }))

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

/** What somebody has to mend; a full queue or a starting service mends itself. */
function isFault(error: unknown): boolean {
  const { status, code } = toProblem(error)
  return status >= 500 && code !== 'overloaded' && code !== 'not_ready'
}
