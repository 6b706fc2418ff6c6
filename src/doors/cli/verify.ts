/** `nss-copilot verify`: checks quotes against the guides, in this process or through a running service. */
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
import type { AddCommands } from './run-program.ts'
import { createPaint, type Paint, print, readAll, type Terminal, wantsColour } from './terminal.ts'

type VerifyOptions = { readonly json: boolean; readonly url?: string }

export const addVerify: AddCommands = (program, { terminal, finish }) => {
  program
    .command('verify')
    .description(
      'check quotes against the guides: found, altered, stitched, misattributed or not found',
    )
    .argument('<file>', 'JSON in the form of POST /verify, or one quote per line; - reads stdin')
    .option('--json', 'print JSON, as POST /verify returns it', false)
    .option('--url <address>', 'ask a running service instead of loading the index here')
    .addHelpText(
      'after',
      `
A line is either a quote alone, or a guide id followed by the quote in quotation marks:
  nss: "The IMSS phone number is 800 623 2323"
  nss.es: "800 623 2323"
  The NSS is free of charge

Examples:
  $ nss-copilot verify quotes.txt
  $ echo 'nss: "800 623 2323"' | nss-copilot verify - --json

Exit codes: 0 every quote was found; 4 at least one was not; 2 invalid usage; 1 something failed.`,
    )
    .action(async (file: string, options: VerifyOptions) => {
      finish(await runVerify(file, options, terminal))
    })
}

/** Reads stdin if `file` is `-`. Returns the exit code. */
async function runVerify(
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

/** Opens the index without the model, which checking quotes does not need. */
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
  const near = similarity < 1 && verdict !== 'not_found' ? `, similarity ${similarity}` : ''
  const ignored = forgiven.length > 0 ? `, differences ignored: ${forgiven.join(', ')}` : ''
  return [
    `${paint(style, verdict)}${near}${ignored}: ${quote}`,
    `  ${reason}`,
    ...places.flatMap(({ guide, start, end, url, text }) => [
      paint('dim', `  ${guide.id}.${guide.language} [${start}, ${end}) ${url}`),
      ...(text === quote ? [] : [paint('dim', `  "${text}"`)]),
    ]),
  ].join('\n')
}
