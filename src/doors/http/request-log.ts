/** Counts and logs every request, and distinguishes faults of the service from mistakes of its clients. */
import type { MiddlewareHandler } from 'hono'
import type { Metrics } from './metrics.ts'
import { toProblem } from './problem.ts'
import type { RouteEnv } from './route.ts'

export type RequestLog = {
  /** `path` has no query string, because questions are personal data. `ms`: time until the response. */
  request(entry: { method: string; path: string; status: number; ms: number }): void
  /** The question itself, for debugging only; the implementation masks personal numbers. */
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
    // The route's pattern, not the path: every distinct path would become a label of its own.
    metrics.request({ ...entry, route: c.get('route') ?? 'other' })
    log?.request({ ...entry, path })
  }
}

/** Whether an operator has to act. A full queue and a starting service recover by themselves. */
export function isFault(error: unknown): boolean {
  const { status, code } = toProblem(error)
  return status >= 500 && code !== 'overloaded' && code !== 'not_ready'
}
