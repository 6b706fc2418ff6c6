/** The one error class and the closed list of codes; each edge maps codes to its own protocol. */

export const ERROR_CODES = [
  'invalid_request',
  'not_found',
  'method_not_allowed',
  'payload_too_large',
  'unsupported_media_type',
  'rate_limited',
  'overloaded',
  'not_ready',
  'aborted',
  'config_invalid',
  'guide_invalid',
  'file_missing',
  'index_missing',
  'index_damaged',
  'index_mismatch',
  'model_unavailable',
  'model_damaged',
  'vector_invalid',
  'dependency_missing',
  'evaluation_invalid',
  'unreachable',
  'response_invalid',
  'internal',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>

/** A fault with a stable `code`; the message says what, where and the remedy. */
export class RetrievalError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails

  constructor(
    code: ErrorCode,
    message: string,
    options: { cause?: unknown; details?: ErrorDetails } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'RetrievalError'
    this.code = code
    this.details = options.details ?? {}
  }
}

export function isRetrievalError(error: unknown): error is RetrievalError {
  return error instanceof RetrievalError
}

/** The message of anything thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
