/** `nss-copilot query`: answers a question from the index in this process, or asks a running service. */
import { RetrievalError } from '../../engine/core/errors.ts'
import { validate } from '../../engine/core/input.ts'
import { type RetrievalResponse, retrievalRequestSchema } from '../../engine/core/retrieval.ts'
import { citationBase, parseConfig } from '../../start/config.ts'
import { printAnswer } from '../../start/print-answer.ts'
import { createClient } from '../client/client.ts'
import { EXIT } from './exit-codes.ts'
import type { AddCommands } from './run-program.ts'
import { createPaint, print, readAll, type Terminal, wantsColour } from './terminal.ts'

type QueryOptions = {
  readonly lang?: string
  readonly limit?: string
  readonly maxTokens?: string
  readonly guides?: string
  readonly minAuthority?: string
  readonly quickScan: boolean
  readonly explain: boolean
  readonly json: boolean
  readonly url?: string
}

export const addQuery: AddCommands = (program, { terminal, finish }) => {
  program
    .command('query')
    .description('ask a question; prints the passages that answer it, each with its citation')
    .argument('<question...>', 'the question, in English, Spanish or a mix; - reads it from stdin')
    .option('--lang <languages>', 'languages of the passages: en, es or en,es (both)')
    .option('--limit <number>', 'maximum number of passages, 1 to 20 (5)')
    .option('--max-tokens <number>', 'token budget for all passages, 100 to 8000 (1500)')
    .option('--guides <ids>', 'search only these guides, separated by commas')
    .option('--min-authority <level>', 'weakest source: secondary, law or official (secondary)')
    .option('--no-quick-scan', 'leave out the quick scan')
    .option('--explain', 'add scores, ranks and search terms', false)
    .option('--json', 'print JSON, as POST /retrieve returns it', false)
    .option('--url <address>', 'ask a running service instead of loading the index here')
    .addHelpText(
      'after',
      `
Examples:
  $ nss-copilot query "whats the imss phone"
  $ nss-copilot query "no tengo acta apostillada" --lang es --limit 2
  $ nss-copilot query - --json < question.txt
  $ nss-copilot query "is the NSS free?" --url http://127.0.0.1:8787

Exit codes: 0 answered, fully or partly; 3 the guides do not answer; 2 invalid usage; 1 something failed.`,
    )
    .action(async (words: string[], options: QueryOptions) => {
      finish(await runQuery(words, options, terminal))
    })
}

/** Reads the question from stdin if the only word is `-`. Returns the exit code. */
async function runQuery(
  words: readonly string[],
  options: QueryOptions,
  terminal: Terminal,
): Promise<number> {
  const fromStdin = words.length === 1 && words[0] === '-'
  const query = (fromStdin ? await readAll(terminal.stdin) : words.join(' ')).trim()
  const request = validate(retrievalRequestSchema, {
    query,
    quickScan: options.quickScan,
    explain: options.explain,
    ...(options.limit === undefined ? {} : { limit: readNumber(options.limit) }),
    ...(options.maxTokens === undefined ? {} : { maxTokens: readNumber(options.maxTokens) }),
    ...(options.lang === undefined ? {} : { languages: options.lang.split(',') }),
    ...(options.guides === undefined ? {} : { guides: options.guides.split(',') }),
    ...(options.minAuthority === undefined ? {} : { minAuthority: options.minAuthority }),
  })
  const answer =
    options.url === undefined
      ? await askHere(request, terminal)
      : await createClient({ baseUrl: options.url }).retrieve(request)
  const paint = createPaint(wantsColour(terminal.env, terminal.stdout))
  print(
    terminal.stdout,
    options.json ? JSON.stringify(answer, null, 2) : printAnswer(answer, paint),
  )
  return answer.answerability.verdict === 'not_in_corpus' ? EXIT.notInCorpus : EXIT.ok
}

async function askHere(
  request: ReturnType<typeof retrievalRequestSchema.parse>,
  { env, stderr }: Terminal,
): Promise<RetrievalResponse> {
  const config = parseConfig(env)
  const { loadService } = await import('../../start/load-service.ts')
  const service = await loadService({
    ...config,
    baseUrl: citationBase(config),
    notice: (message) => print(stderr, message),
  })
  try {
    return await service.retriever.retrieve(request)
  } finally {
    await service.close()
  }
}

function readNumber(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new RetrievalError('invalid_request', `"${text}" is not a whole number`)
}
