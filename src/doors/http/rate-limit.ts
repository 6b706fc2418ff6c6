/** At most so many questions of one client within any minute (a sliding log); memory is bounded whoever calls. */
import type { MiddlewareHandler } from 'hono'
import { RetrievalError } from '../../engine/core/errors.ts'
import { type ClientAddress, clientOf } from './client-address.ts'

const WINDOW_MS = 60_000
/** Times remembered over all clients: some 10 MB. Beyond that the client that was quiet longest is forgotten. */
const MAX_REMEMBERED = 1_000_000

export type RateLimiter = {
  /** Throws `rate_limited`, with the whole seconds until the client's next question is let through. */
  take(client: string): void
  /** Times that are remembered. */
  readonly remembered: () => number
}

export type RateLimitOptions = {
  readonly perMinute: number
  /** Milliseconds that never go back. */
  readonly now?: () => number
  /** Less only in tests. */
  readonly maxRemembered?: number
}

export function createRateLimiter({
  perMinute,
  now = () => performance.now(),
  maxRemembered = MAX_REMEMBERED,
}: RateLimitOptions): RateLimiter {
  /** When each client's questions were let through; the client that asked last stands last. */
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
          `more than ${perMinute} questions in a minute from this address: try again in ${retryAfter} seconds`,
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

/** Lets nothing of a client through that has asked enough; before anything is read or looked up. */
export function limitRate({ perMinute, now, ...address }: RateLimit): MiddlewareHandler {
  const limiter = createRateLimiter({ perMinute, ...(now ? { now } : {}) })
  return async (c, next) => {
    limiter.take(clientOf(c, address))
    await next()
  }
}
