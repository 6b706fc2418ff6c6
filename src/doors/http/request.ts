/** Unknown input to a retrieval request: a JSON body, or the parameters of a GET. */
import { RetrievalError } from '../../engine/core/errors.ts'
import { validate } from '../../engine/core/input.ts'
import { type RetrievalRequest, retrievalRequestSchema } from '../../engine/core/retrieval.ts'

export { validate }

export function parseRetrievalBody(body: unknown): RetrievalRequest {
  return validate(retrievalRequestSchema, body)
}

type Reader = (value: string) => unknown

/** Left as text when it is not what it should be: the schema then names the field. */
const whole: Reader = (value) => (/^\d{1,9}$/.test(value) ? Number(value) : value)
const flag: Reader = (value) => (value === 'true' ? true : value === 'false' ? false : value)
const list: Reader = (value) => value.split(',')
const text: Reader = (value) => value

const PARAMETERS: Record<string, { field: keyof RetrievalRequest; read: Reader }> = {
  q: { field: 'query', read: text },
  limit: { field: 'limit', read: whole },
  maxTokens: { field: 'maxTokens', read: whole },
  languages: { field: 'languages', read: list },
  guides: { field: 'guides', read: list },
  minAuthority: { field: 'minAuthority', read: text },
  quickScan: { field: 'quickScan', read: flag },
  explain: { field: 'explain', read: flag },
  format: { field: 'format', read: text },
}

/** `?q=...&languages=en,es`: the body's fields by name, `q` for the query. */
export function parseRetrievalQuery(url: string): RetrievalRequest {
  const { search, searchParams } = new URL(url)
  checkEncoding(search)
  const input: Record<string, unknown> = {}
  searchParams.forEach((value, name) => {
    const parameter = Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name] : undefined
    if (!parameter) throw parameterFault(name, 'unknown parameter')
    if (Object.hasOwn(input, parameter.field)) throw parameterFault(name, 'given twice')
    input[parameter.field] = parameter.read(value)
  })
  if (input.query === undefined) throw parameterFault('q', 'the question is missing')
  return validate(retrievalRequestSchema, input)
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
