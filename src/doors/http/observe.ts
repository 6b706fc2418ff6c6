/** Every request counted and logged, and which faults somebody has to mend. */
import type { Context, MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import type { Metrics } from './metrics.ts'
import { toProblem } from './problem.ts'

export type RequestLog = {
  /** Path without the query string: questions are personal. */
  request(entry: { method: string; path: string; status: number; ms: number }): void
  /** The question itself, for debugging only; the receiver masks identifiers. */
  question(entry: { query: string; verdict: string; ms: number }): void
  /** Faults of ours, with the whole chain. */
  fault(error: unknown, entry: { method: string; path: string }): void
}

export function observeRequests(metrics: Metrics, log: RequestLog | undefined): MiddlewareHandler {
  return async (c, next) => {
    const began = performance.now()
    await next()
    const { method, path } = c.req
    const entry = { method, status: c.res.status, ms: performance.now() - began }
    metrics.request({ ...entry, route: routeOf(c) })
    log?.request({ ...entry, path })
  }
}

/** The pattern that answered: addresses would be labels without end. */
function routeOf(c: Context): string {
  const route = routePath(c)
  return route === '/*' || route === '*' ? 'other' : route
}

/** What somebody has to mend; a full queue or a starting service mends itself. */
export function isFault(error: unknown): boolean {
  const { status, code } = toProblem(error)
  return status >= 500 && code !== 'overloaded' && code !== 'not_ready'
}
