/** Parses a retrieval request from the query parameters of a GET: `?q=...&languages=en,es`. */
import * as z from 'zod'
import { RetrievalError } from '../../engine/core/errors.ts'
import { validate } from '../../engine/core/input.ts'
import { type RetrievalRequest, retrievalRequestSchema } from '../../engine/core/retrieval.ts'

const { query, ...fields } = retrievalRequestSchema.shape

/** The same fields as in the body of a POST, except that `query` is called `q`. */
export const retrievalQuerySchema = z.object({ q: query, ...fields })

type Reader = (value: string) => unknown

// Each reader leaves text that it cannot parse as it is, so that the schema rejects it and names the field.
// 9 digits are more than any limit needs and are safe as a number.
const whole: Reader = (value) => (/^\d{1,9}$/.test(value) ? Number(value) : value)
const flag: Reader = (value) => (value === 'true' ? true : value === 'false' ? false : value)
const list: Reader = (value) => value.split(',')
const text: Reader = (value) => value

const READERS: Record<keyof typeof retrievalQuerySchema.shape, Reader> = {
  q: text,
  limit: whole,
  maxTokens: whole,
  languages: list,
  guides: list,
  minAuthority: text,
  quickScan: flag,
  explain: flag,
  format: text,
}

function isParameter(name: string): name is keyof typeof READERS {
  return Object.hasOwn(READERS, name)
}

/** Throws `invalid_request`, naming the first wrong parameter. */
export function parseRetrievalQuery(url: string): RetrievalRequest {
  const { search, searchParams } = new URL(url)
  checkEncoding(search)
  const input: Record<string, unknown> = {}
  searchParams.forEach((value, name) => {
    if (!isParameter(name)) throw parameterFault(name, 'unknown parameter')
    if (Object.hasOwn(input, name)) throw parameterFault(name, 'given twice')
    input[name] = READERS[name](value)
  })
  const { q, ...others } = input
  if (q === undefined) throw parameterFault('q', 'the question is missing')
  return validate(retrievalRequestSchema, { query: q, ...others })
}

function parameterFault(field: string, what: string): RetrievalError {
  return new RetrievalError('invalid_request', `${field}: ${what}`, { details: { field } })
}

function checkEncoding(search: string): void {
  try {
    decodeURIComponent(search.replace(/\+/g, ' '))
  } catch (cause) {
    throw new RetrievalError(
      'invalid_request',
      'the query string is not valid percent-encoded UTF-8',
      { cause },
    )
  }
}
