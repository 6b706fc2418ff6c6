/** A row of the table of routes, and how rows are mounted: handlers, ETags, headers, rate limit and metrics labels. */
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'
import type { Operation } from './openapi/operation.ts'

export type RouteEnv = {
  Variables: {
    /** Pattern of the route that answers; unset where there is none. */
    route?: string
  }
}

export type RouteHandler = (c: Context<RouteEnv>) => Response | Promise<Response>

export type ContentSecurityPolicy = NonNullable<
  NonNullable<Parameters<typeof secureHeaders>[0]>['contentSecurityPolicy']
>

/** What answers a method, and what the OpenAPI document says about it; without an operation it is not documented. */
type Method = readonly [handler: RouteHandler, ...operations: Operation[]]

export type Route = {
  /** Hono's pattern, and the label of its requests in the metrics. */
  readonly path: string
  /** HEAD is answered too, without the body. */
  readonly GET?: Method
  readonly POST?: Method
  /** For a handler that answers every method itself, refusals included. */
  readonly ALL?: Method
  /** Counts towards the requests that a client may make in a minute. */
  readonly isLimited?: boolean
  /** Headers of a page, for browsers. */
  readonly policy?: ContentSecurityPolicy
}

/** `limit` guards the routes that are limited; without it a client may ask as often as it likes. */
export function mountRoutes(
  app: Hono<RouteEnv>,
  routes: readonly Route[],
  limit: MiddlewareHandler | undefined,
): void {
  for (const { path, GET, POST, ALL, isLimited, policy } of routes) {
    app.use(path, labelAs(path))
    if (isLimited && limit) app.use(path, limit)
    // What is also asked by POST is an answer to one question: nobody asks it again to see whether it changed.
    if (GET && !POST) app.get(path, etag())
    if (policy) app.get(path, secureHeaders({ contentSecurityPolicy: policy }))
    if (GET) app.get(path, GET[0])
    if (POST) app.post(path, POST[0])
    if (ALL) app.all(path, ALL[0])
  }
}

function labelAs(path: string): MiddlewareHandler<RouteEnv> {
  return (c, next) => {
    c.set('route', path)
    return next()
  }
}
