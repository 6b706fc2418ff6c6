/** Sends one call over HTTP, with a time limit, abort signals and retries. Every failure becomes a RetrievalError. */
import { throwIfAborted } from '../../engine/core/abort.ts'
import { ERROR_CODES, type ErrorCode, messageOf, RetrievalError } from '../../engine/core/errors.ts'
import { parseRetryAfter, retryDelay, wait } from './retry.ts'

/** The part of `fetch` that the client calls. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

export type ClientOptions = {
  /** Address of the service, with or without a path: `http://127.0.0.1:8787`. */
  readonly baseUrl: string
  /** Replaces the runtime's own `fetch`. */
  readonly fetch?: Fetch
  /** Time limit for one attempt, including reading the body; 30,000 by default. */
  readonly timeoutMs?: number
  /** Attempts after the first one, only after 429 and 503; 3 by default. */
  readonly retries?: number
  /** Aborts every call of this client. */
  readonly signal?: AbortSignal
  readonly headers?: Readonly<Record<string, string>>
  /** Returns numbers from 0 to 1 for the jitter between attempts; `Math.random` by default. */
  readonly random?: () => number
}

export type CallOptions = { readonly signal?: AbortSignal }

export type SentRequest = {
  readonly path: string
  readonly accept: string
  /** Sent as JSON by POST; without a body the call is a GET. */
  readonly body?: unknown
}

export type Send = (request: SentRequest, options?: CallOptions) => Promise<string>

const TIMEOUT_MS = 30_000
const RETRIES = 3

/** `Send` resolves with the body of a 2xx response and rejects with a `RetrievalError` otherwise. */
export function createSend(options: ClientOptions): Send {
  const baseUrl = checkBaseUrl(options.baseUrl)
  const { timeoutMs = TIMEOUT_MS, retries = RETRIES, random = Math.random } = options
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init))

  return async ({ path, accept, body }, { signal } = {}) => {
    const url = `${baseUrl}${path}`
    const call = `the call of ${url}`
    const caller = AbortSignal.any([options.signal, signal].filter((given) => given !== undefined))
    for (let attempt = 0; ; attempt++) {
      throwIfAborted(caller, call)
      const timer = AbortSignal.timeout(timeoutMs)
      let response: Response
      let text: string
      try {
        response = await fetch(url, {
          method: body === undefined ? 'GET' : 'POST',
          headers: {
            ...options.headers,
            accept,
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          },
          ...(body === undefined ? {} : { body: JSON.stringify(body) }),
          signal: AbortSignal.any([caller, timer]),
        })
        text = await response.text()
      } catch (cause) {
        throwIfAborted(caller, call)
        throw unreachable(url, cause, timer.aborted ? timeoutMs : undefined)
      }
      if (response.ok) return text
      const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'), Date.now())
      const delay = retryDelay({
        status: response.status,
        attempt,
        retries,
        retryAfterMs,
        random,
      })
      if (delay === undefined) throw toError(url, response, text, attempt, retryAfterMs)
      await wait(delay, caller)
    }
  }
}

function checkBaseUrl(baseUrl: string): string {
  const protocol = URL.canParse(baseUrl) ? new URL(baseUrl).protocol : ''
  if (protocol === 'http:' || protocol === 'https:') return baseUrl.replace(/\/+$/, '')
  throw new RetrievalError(
    'config_invalid',
    `baseUrl ${JSON.stringify(baseUrl)} is not allowed: use an http or https URL such as http://127.0.0.1:8787`,
  )
}

function unreachable(url: string, cause: unknown, timeoutMs: number | undefined): RetrievalError {
  // The message of fetch's own error is only "fetch failed"; its cause says what happened.
  const reason = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause
  const what =
    timeoutMs === undefined
      ? `cannot be reached (${describeFault(reason)})`
      : `did not answer within ${timeoutMs} ms`
  return new RetrievalError(
    'unreachable',
    `${url} ${what}: is the service running, and is baseUrl right?`,
    { cause },
  )
}

/** When several addresses of a host fail, Node's AggregateError has a code but no message. */
function describeFault(fault: unknown): string {
  const code = typeof fault === 'object' && fault !== null && 'code' in fault ? fault.code : ''
  return messageOf(fault) || String(code) || 'no reason given'
}

/** The error from the service's problem document or, without one, the error that the status implies. */
function toError(
  url: string,
  response: Response,
  text: string,
  retriesDone: number,
  retryAfterMs: number | undefined,
): RetrievalError {
  const { status } = response
  const problem = readProblem(text)
  const known = ERROR_CODES.find((code) => code === problem.code)
  const detail =
    typeof problem.detail === 'string' ? problem.detail : `${url} responded with status ${status}`
  const tries = retriesDone > 0 ? ` (after ${retriesDone + 1} attempts)` : ''
  return new RetrievalError(known ?? codeOfStatus(status), detail + tries, {
    details: {
      status,
      ...(typeof problem.field === 'string' ? { field: problem.field } : {}),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    },
  })
}

function readProblem(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    // Not JSON, for example a proxy's error page: only the status is known.
    return {}
  }
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 404) return 'not_found'
  if (status === 405) return 'method_not_allowed'
  if (status === 413) return 'payload_too_large'
  if (status === 415) return 'unsupported_media_type'
  if (status === 429) return 'rate_limited'
  if (status === 503) return 'overloaded'
  return status >= 400 && status < 500 ? 'invalid_request' : 'response_invalid'
}
