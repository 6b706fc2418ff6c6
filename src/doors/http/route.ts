/** The type of a row in the table of routes, and mounting of rows: handlers, ETags, headers, rate limit, metrics labels. */
import type { Context, Hono, MiddlewareHandler } from 'hono'
import { etag } from 'hono/etag'
import { secureHeaders } from 'hono/secure-headers'
import type { Operation } from './openapi/operation.ts'

export type RouteEnv = {
  Variables: {
    /** Pattern of the matched route; unset if none matched. */
    route?: string
  }
}

export type RouteHandler = (c: Context<RouteEnv>) => Response | Promise<Response>

export type ContentSecurityPolicy = NonNullable<
  NonNullable<Parameters<typeof secureHeaders>[0]>['contentSecurityPolicy']
>

/** The handler of a method and its OpenAPI operations. A method without an operation is not in the OpenAPI document. */
type Method = readonly [handler: RouteHandler, ...operations: Operation[]]

export type Route = {
  /** Hono's path pattern; also the label of its requests in the metrics. */
  readonly path: string
  /** Also answers HEAD, without the body. */
  readonly GET?: Method
  readonly POST?: Method
  /** For a handler that handles every method itself, including the ones it refuses. */
  readonly ALL?: Method
  /** Counts towards the client's rate limit. */
  readonly isLimited?: boolean
  /** Content-Security-Policy of an HTML page. */
  readonly policy?: ContentSecurityPolicy
}

/** `limit` is the middleware for routes with `isLimited`; without it, requests are not limited. */
export function mountRoutes(
  app: Hono<RouteEnv>,
  routes: readonly Route[],
  limit: MiddlewareHandler | undefined,
): void {
  for (const { path, GET, POST, ALL, isLimited, policy } of routes) {
    app.use(path, labelAs(path))
    if (isLimited && limit) app.use(path, limit)
    // A route that also takes POST answers questions; clients do not revalidate such answers, so an ETag would be wasted.
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
