/** Parses the input of `nss-copilot verify`: JSON in the form of POST /verify, or one quote per line. */
import { messageOf, RetrievalError } from '../../engine/core/errors.ts'
import { validate } from '../../engine/core/input.ts'
import { type QuoteClaim, quoteClaimSchema } from '../../engine/core/verification.ts'

/** `guide: "quote"`, `guide.es: "quote"`, or the quote alone with or without quotation marks of any kind. */
const LINE =
  /^(?:(?<guide>[a-z0-9]+(?:-[a-z0-9]+)*)(?:\.(?<language>[a-z]{2}))?\s*:\s*)?(?<rest>\S.*)$/su
const MARKS: Readonly<Record<string, string>> = { '"': '"', '“': '”', '«': '»', '„': '“' }

/** Throws `invalid_request`, naming the line or the field. */
export function parseQuotes(text: string): QuoteClaim[] {
  const trimmed = text.trim()
  const claims = /^[[{]/.test(trimmed) ? parseJson(trimmed) : parseLines(text)
  if (claims.length > 0) return claims
  throw new RetrievalError(
    'invalid_request',
    'no quote to check: give lines such as nss: "The NSS is free", or JSON in the form of POST /verify',
  )
}

function parseJson(text: string): QuoteClaim[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new RetrievalError('invalid_request', `the quotes are not JSON: ${messageOf(cause)}`, {
      cause,
    })
  }
  const list =
    typeof value === 'object' && value !== null && 'citations' in value ? value.citations : value
  return validate(quoteClaimSchema.array(), list)
}

function parseLines(text: string): QuoteClaim[] {
  return text.split(/\r?\n/).flatMap((line, at): QuoteClaim[] => {
    const written = line.trim()
    if (written === '' || written.startsWith('#')) return []
    const { guide, language, rest = '' } = LINE.exec(written)?.groups ?? {}
    const quoted = unquote(rest)
    // `guide:` counts as an attribution only before quotation marks; otherwise it is part of the quote: "note: bring a copy".
    const claim =
      guide !== undefined && quoted !== undefined
        ? { quote: quoted, guide, ...(language === undefined ? {} : { language }) }
        : { quote: unquote(written) ?? written }
    try {
      return [validate(quoteClaimSchema, claim)]
    } catch (cause) {
      throw new RetrievalError('invalid_request', `line ${at + 1}: ${messageOf(cause)}`, { cause })
    }
  })
}

/** The text between matching quotation marks; undefined if there are none. */
function unquote(text: string): string | undefined {
  const close = MARKS[text[0] ?? '']
  return close !== undefined && text.length > 2 && text.endsWith(close)
    ? text.slice(1, -1)
    : undefined
}
