/** When a refused request is sent again: exponential back-off with jitter, or the time that Retry-After names, within bounds. */

/** Too many requests, and unavailable: any other request would fail again in the same way. */
const RETRIED = new Set([429, 503])
const FIRST_DELAY_MS = 250
const LONGEST_DELAY_MS = 8_000
/** When a server asks for a longer wait, the call fails at once instead. */
export const LONGEST_RETRY_AFTER_MS = 60_000

const SECONDS = /^\d{1,9}$/
/** IMF-fixdate, the only form of date that servers may send (RFC 9110 section 5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/** Milliseconds that a Retry-After header asks for (RFC 9110 section 10.2.3); undefined when it has neither seconds nor a date. */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? ''
  if (SECONDS.test(text)) return Number(text) * 1000
  if (!HTTP_DATE.test(text)) return undefined
  const at = Date.parse(text)
  return Number.isNaN(at) ? undefined : Math.max(0, at - now)
}

/**
 * Milliseconds until the next attempt after `attempt` (0 for the first one), undefined when there should be none. Jitter
 * keeps clients that were refused together from coming back together; never earlier than the server asks.
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

/** Resolves after the time, or as soon as the signal is aborted. */
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
