/** Turns errors into application/problem+json (RFC 9457) with a stable code. Clients never see a stack or a cause. */
import * as z from 'zod'
import { ERROR_CODES, type ErrorCode, isRetrievalError } from '../../engine/core/errors.ts'

type Mapping = { readonly status: number; readonly title: string }

const INTERNAL: Mapping = { status: 500, title: 'Internal error' }
const UNAVAILABLE: Mapping = { status: 503, title: 'Not ready' }

const MAPPINGS: Record<ErrorCode, Mapping> = {
  invalid_request: { status: 400, title: 'Invalid request' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  payload_too_large: { status: 413, title: 'Payload too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  rate_limited: { status: 429, title: 'Too many requests' },
  overloaded: { status: 503, title: 'Overloaded' },
  not_ready: UNAVAILABLE,
  index_missing: UNAVAILABLE,
  index_damaged: UNAVAILABLE,
  index_mismatch: UNAVAILABLE,
  aborted: { status: 499, title: 'Client closed request' },
  config_invalid: INTERNAL,
  guide_invalid: INTERNAL,
  file_missing: INTERNAL,
  model_unavailable: INTERNAL,
  model_damaged: INTERNAL,
  vector_invalid: INTERNAL,
  dependency_missing: INTERNAL,
  evaluation_invalid: INTERNAL,
  unreachable: INTERNAL,
  response_invalid: INTERNAL,
  internal: INTERNAL,
}

export const problemSchema = z.object({
  type: z.string().regex(/^urn:nss-copilot:problem:[a-z_]+$/),
  title: z.string(),
  status: z.number().int().min(400).max(599),
  code: z.enum(ERROR_CODES),
  detail: z.string(),
  field: z.string().optional().describe('The field that is wrong'),
})
export type Problem = z.infer<typeof problemSchema>

/** The part of an error that a client may see. Details of a fault of the service stay in the log. */
export function toProblem(error: unknown): Problem {
  const known = isRetrievalError(error) ? error : undefined
  const code = known?.code ?? 'internal'
  const { status, title } = MAPPINGS[code]
  const detail =
    known && status !== 500 ? known.message : 'The service failed; the error was logged.'
  const field = known?.details.field
  return {
    type: `urn:nss-copilot:problem:${code}`,
    title,
    status,
    code,
    detail,
    ...(typeof field === 'string' ? { field } : {}),
  }
}

/** The error as a response, with `Retry-After` or `Allow` if the status calls for it. */
export function problemResponse(error: unknown): Response {
  const problem = toProblem(error)
  const headers = new Headers({ 'content-type': 'application/problem+json; charset=utf-8' })
  const details = isRetrievalError(error) ? error.details : {}
  if (problem.status === 429 || problem.status === 503)
    headers.set('retry-after', String(details.retryAfter ?? 1))
  if (typeof details.allow === 'string') headers.set('allow', details.allow)
  return new Response(JSON.stringify(problem), { status: problem.status, headers })
}
