/** Decides when a refused request is sent again: exponential back-off with jitter, or as Retry-After asks, within bounds. */

/** Too Many Requests and Service Unavailable. With any other status, the same request would fail again. */
const RETRIED = new Set([429, 503])
/** Longest first delay; doubles with every attempt. Also the jitter that is added to a Retry-After. */
const FIRST_DELAY_MS = 250
/** Upper bound of the doubling. */
const LONGEST_DELAY_MS = 8_000
/** If a server asks for a longer wait than a caller would accept, the call fails at once instead. */
export const LONGEST_RETRY_AFTER_MS = 60_000

const SECONDS = /^\d{1,9}$/
/** IMF-fixdate, the only form of date that servers may send (RFC 9110 section 5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Milliseconds to wait according to a Retry-After header (RFC 9110 section 10.2.3); undefined if it has neither seconds nor a date. */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? ''
  if (SECONDS.test(text)) return Number(text) * 1000
  if (!HTTP_DATE.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/**
 * Milliseconds to wait after attempt number `attempt` (0 for the first); undefined if there should be no further attempt.
 * Jitter spreads out clients that were refused at the same moment. The wait is never shorter than the server asks.
 */
export function retryDelay(options: {
  readonly status: number
  readonly attempt: number
  readonly retries: number
  readonly retryAfterMs: number | undefined
  /** From 0 to 1. */
  readonly random: () => number
}): number | undefined {
  const { status, attempt, retries, retryAfterMs, random } = options
  if (!RETRIED.has(status) || attempt >= retries) return undefined
  if (retryAfterMs !== undefined) {
    return retryAfterMs > LONGEST_RETRY_AFTER_MS
      ? undefined
      : retryAfterMs + random() * FIRST_DELAY_MS
  }
  const ceiling = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt)
  return ceiling / 2 + (random() * ceiling) / 2
}

/** Resolves after `ms` milliseconds, or as soon as the signal is aborted. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const done = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done)
  })
}
