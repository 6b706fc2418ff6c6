/** Limits the requests of each client within any 60 seconds (a sliding log). Memory is bounded, however many clients call. */
import type { MiddlewareHandler } from 'hono'
import { RetrievalError } from '../../engine/core/errors.ts'
import { type ClientAddress, clientOf } from './client-address.ts'

const WINDOW_MS = 60_000
/** Most timestamps kept for all clients together, about 10 MB. Beyond that, the least recently active client is forgotten. */
const MAX_REMEMBERED = 1_000_000

export type RateLimiter = {
  /** Counts one request. Throws `rate_limited`, with the seconds until the client's next request will be accepted. */
  take(client: string): void
  /** How many timestamps are kept. */
  readonly remembered: () => number
}

export type RateLimitOptions = {
  readonly perMinute: number
  /** A monotonic clock, in milliseconds. */
  readonly now?: () => number
  /** `MAX_REMEMBERED` by default; only tests set it lower. */
  readonly maxRemembered?: number
}

export function createRateLimiter({
  perMinute,
  now = () => performance.now(),
  maxRemembered = MAX_REMEMBERED,
}: RateLimitOptions): RateLimiter {
  /** When each client's requests were accepted; the most recently active client is last. */
  const clients = new Map<string, number[]>()
  let remembered = 0

  const forget = (client: string, times: readonly number[]): void => {
    clients.delete(client)
    remembered -= times.length
  }
  const tidy = (start: number): void => {
    for (const [client, times] of clients) {
      if (remembered <= maxRemembered && (times.at(-1) ?? 0) > start) return
      forget(client, times)
    }
  }

  return {
    remembered: () => remembered,
    take(client) {
      const time = now()
      const start = time - WINDOW_MS
      const before = clients.get(client) ?? []
      const times = before.filter((one) => one > start)
      const oldest = times[0]
      if (oldest !== undefined && times.length >= perMinute) {
        const retryAfter = Math.max(1, Math.ceil((oldest - start) / 1000))
        throw new RetrievalError(
          'rate_limited',
          `more than ${perMinute} requests in a minute from this address: try again in ${retryAfter} seconds`,
          { details: { retryAfter } },
        )
      }
      forget(client, before)
      times.push(time)
      remembered += times.length
      clients.set(client, times)
      tidy(start)
    },
  }
}

export type RateLimit = Pick<RateLimitOptions, 'perMinute' | 'now'> & ClientAddress

/** Middleware that refuses a client over its limit before reading the request body. */
export function limitRate({ perMinute, now, ...address }: RateLimit): MiddlewareHandler {
  const limiter = createRateLimiter({ perMinute, ...(now ? { now } : {}) })
  return async (c, next) => {
    limiter.take(clientOf(c, address))
    await next()
  }
}
