/** SHA-256 through Web Crypto, which Node, Workers and browsers all have. */

/** Bare lower-case hex SHA-256 of a text's UTF-8 bytes, or of bytes. */
export async function sha256Hex(input: string | Uint8Array<ArrayBuffer>): Promise<string> {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
