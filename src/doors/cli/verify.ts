/** `nss-copilot verify`: are these quotes in the guides, in this process or at a running service. */
import { readFile } from 'node:fs/promises'
import { messageOf, RetrievalError } from '../../engine/core/errors.ts'
import {
  MAX_CITATIONS,
  type Verification,
  type VerificationRequest,
  type VerificationResponse,
} from '../../engine/core/verification.ts'
import { parseConfig } from '../../start/config.ts'
import { createClient } from '../client/client.ts'
import { EXIT } from './exit-codes.ts'
import { parseQuotes } from './quotes.ts'
import { createPaint, type Paint, print, readAll, type Terminal, wantsColour } from './terminal.ts'

export type VerifyOptions = { readonly json: boolean; readonly url?: string }

/** `-` reads stdin. Returns the exit code. */
export async function runVerify(
  file: string,
  options: VerifyOptions,
  terminal: Terminal,
): Promise<number> {
  const text = file === '-' ? await readAll(terminal.stdin) : await readQuotesFile(file)
  const claims = parseQuotes(text)
  const check =
    options.url === undefined
      ? await openVerifier(terminal)
      : createClient({ baseUrl: options.url }).verify
  const results: Verification[] = []
  let index = { id: '' }
  for (let at = 0; at < claims.length; at += MAX_CITATIONS) {
    const answer = await check({ citations: claims.slice(at, at + MAX_CITATIONS) })
    results.push(...answer.results)
    index = answer.index
  }
  const paint = createPaint(wantsColour(terminal.env, terminal.stdout))
  print(
    terminal.stdout,
    options.json
      ? JSON.stringify({ results, index }, null, 2)
      : results.map((result) => printVerification(result, paint)).join('\n\n'),
  )
  return results.every(({ verdict }) => verdict === 'found') ? EXIT.ok : EXIT.notFound
}

async function readQuotesFile(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (cause) {
    throw new RetrievalError(
      'invalid_request',
      `${file} cannot be read (${messageOf(cause)}): give a file of quotes, or - for stdin`,
      { cause },
    )
  }
}

/** Quotes need no model: only the index is read. */
async function openVerifier({
  env,
}: Terminal): Promise<(request: VerificationRequest) => Promise<VerificationResponse>> {
  const { loadVerifier } = await import('../../start/load-verifier.ts')
  const verifier = await loadVerifier(parseConfig(env))
  return async (request) => verifier.verify(request)
}

function printVerification(result: Verification, paint: Paint): string {
  const { verdict, quote, places, similarity, forgiven, reason } = result
  const style = verdict === 'found' ? 'green' : verdict === 'not_found' ? 'red' : 'yellow'
  const near = similarity < 1 && verdict !== 'not_found' ? `, ${similarity} alike` : ''
  const eased = forgiven.length > 0 ? `, forgiven: ${forgiven.join(', ')}` : ''
  return [
    `${paint(style, verdict)}${near}${eased}: ${quote}`,
    `  ${reason}`,
    ...places.flatMap(({ guide, start, end, url, text }) => [
      paint('dim', `  ${guide.id}.${guide.language} [${start}, ${end}) ${url}`),
      ...(text === quote ? [] : [paint('dim', `  "${text}"`)]),
    ]),
  ].join('\n')
}
