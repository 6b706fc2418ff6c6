/** Reads a JSON request body and checks media type, size (while it arrives), encoding and syntax. */
import { messageOf, RetrievalError } from '../../engine/core/errors.ts'

/** Throws `unsupported_media_type`, `payload_too_large` or `invalid_request`; never holds more than `maxBytes` bytes. */
export async function readJson(request: Request, maxBytes: number): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type !== 'application/json' && !/^application\/[\w.+-]+\+json$/.test(type)) {
    throw new RetrievalError(
      'unsupported_media_type',
      `content-type ${JSON.stringify(type)}: send application/json`,
    )
  }
  const bytes = await readBytes(request, maxBytes)
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (cause) {
    throw new RetrievalError('invalid_request', 'the body is not valid UTF-8', { cause })
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new RetrievalError(
      'invalid_request',
      `the body is not JSON: ${messageOf(cause).slice(0, 120)}`,
      { cause },
    )
  }
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array> {
  const tooLarge = () =>
    new RetrievalError('payload_too_large', `the body is larger than ${maxBytes} bytes`)
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) throw tooLarge()
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = request.body?.getReader()
  while (reader) {
    const { done, value } = await reader.read()
    if (done) break
    size += value.length
    if (size > maxBytes) {
      // Cancelling would close the connection before the response is sent; waiting for the rest would delay the response.
      // So the rest is read in the background.
      discard(reader).catch(() => undefined)
      throw tooLarge()
    }
    chunks.push(value)
  }
  const bytes = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    bytes.set(chunk, at)
    at += chunk.length
  }
  return bytes
}

/** Reads and discards the rest; the server closes the connection of a client that keeps sending after the response. */
async function discard(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  while (!(await reader.read()).done);
}
