/** Counts and logs every request, and tells faults of the service from mistakes of its callers. */
import type { MiddlewareHandler } from 'hono'
import type { Metrics } from './metrics.ts'
import { toProblem } from './problem.ts'
import type { RouteEnv } from './route.ts'

export type RequestLog = {
  /** Path without the query string: questions are personal. `ms`: time to the answer. */
  request(entry: { method: string; path: string; status: number; ms: number }): void
  /** The question itself, for debugging only; the receiver masks personal numbers. */
  question(entry: { query: string; verdict: string; ms: number }): void
  /** A fault of the service, with its whole chain of causes. */
  fault(error: unknown, entry: { method: string; path: string }): void
}

export function logRequests(
  metrics: Metrics,
  log: RequestLog | undefined,
): MiddlewareHandler<RouteEnv> {
  return async (c, next) => {
    const began = performance.now()
    await next()
    const { method, path } = c.req
    const entry = { method, status: c.res.status, ms: performance.now() - began }
    // The route's pattern, never the address: each address would be a label of its own.
    metrics.request({ ...entry, route: c.get('route') ?? 'other' })
    log?.request({ ...entry, path })
  }
}

/** Whether somebody has to repair something; a full queue and a starting service recover by themselves. */
export function isFault(error: unknown): boolean {
  const { status, code } = toProblem(error)
  return status >= 500 && code !== 'overloaded' && code !== 'not_ready'
}
