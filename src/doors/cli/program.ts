/** The commands of the bin, what they take and what their help teaches; each loads its code only when it is called. */
import { Command, CommanderError } from 'commander'
import { messageOf } from '../../engine/core/errors.ts'
import { VERSION } from '../../engine/core/version.ts'
import { describeSettings, parseConfig } from '../../start/config.ts'
import type { BuildOptions } from './build.ts'
import { EXIT, EXIT_CODES_HELP, exitCodeOf } from './exit-codes.ts'
import type { QueryOptions } from './query.ts'
import { createPaint, print, type Terminal, wantsColour } from './terminal.ts'
import type { VerifyOptions } from './verify.ts'

const SETTINGS_HELP = () =>
  `Settings (environment variables) and their defaults:\n${describeSettings()}`

/** Adds commands to a program; a command calls `finish` with its exit code. */
export type AddCommands = (
  program: Command,
  terminal: Terminal,
  finish: (exitCode: number) => void,
) => void

/** Runs one call of the bin and resolves with its exit code; never rejects. A started `serve` goes on running. */
export function runBin(argv: readonly string[], terminal: Terminal): Promise<number> {
  return runProgram(argv, terminal, addBinCommands)
}

/** Runs one call of a program made of `addCommands`; resolves with the exit code and never rejects. */
export async function runProgram(
  argv: readonly string[],
  terminal: Terminal,
  addCommands: AddCommands,
): Promise<number> {
  let exitCode: number = EXIT.ok
  const program = createProgram(terminal)
  addCommands(program, terminal, (code) => {
    exitCode = code
  })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has printed what is wrong; help and version come here too, with 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    const paint = createPaint(wantsColour(terminal.env, terminal.stderr))
    const known = exitCodeOf(error) === EXIT.usage || error instanceof Error
    print(terminal.stderr, `${paint('red', 'error:')} ${known ? messageOf(error) : String(error)}`)
    return exitCodeOf(error)
  }
}

function createProgram(terminal: Terminal): Command {
  const bold = (text: string) =>
    createPaint(wantsColour(terminal.env, terminal.stdout))('bold', text)
  return new Command()
    .configureHelp({ styleTitle: bold })
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHasColors: () => wantsColour(terminal.env, terminal.stdout),
      getErrHasColors: () => wantsColour(terminal.env, terminal.stderr),
    })
    .showHelpAfterError('(add --help to see what is allowed)')
    .exitOverride()
}

const addBinCommands: AddCommands = (program, terminal, finish) => {
  program
    .name('nss-copilot')
    .description(
      'Answers questions about Mexican social-security paperwork (NSS, IMSS, CURP) from guides in English and Spanish, with citations that a program can check. Nothing is downloaded, no key is needed.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .addHelpText(
      'after',
      () => `
Examples:
  $ nss-copilot serve                                   # the service, at http://127.0.0.1:8787
  $ nss-copilot query "is the NSS free?"                # ask without a server
  $ nss-copilot query "¿dónde saco el NSS?" --json | jq '.passages[0].citation'
  $ echo 'nss: "800 623 2323"' | nss-copilot verify -   # does the guide say so?
  $ nss-copilot mcp                                     # for MCP clients that start a program

${EXIT_CODES_HELP}

${SETTINGS_HELP()}
A given folder is relative to where you are; the default ones are the package's own.`,
    )

  program
    .command('serve')
    .description('start the HTTP service; stops without losing a request on SIGTERM and SIGINT')
    .option('--port <number>', 'port; 0 takes a free one (PORT)')
    .option('--host <address>', 'address to listen on (HOST)')
    .addHelpText(
      'after',
      () => `
Examples:
  $ nss-copilot serve
  $ nss-copilot serve --port 0
  $ PUBLIC_BASE_URL=https://guides.example nss-copilot serve --host 0.0.0.0

${SETTINGS_HELP()}`,
    )
    .action(async ({ port, host }: { port?: string; host?: string }) => {
      const given = {
        ...(port === undefined ? {} : { PORT: port }),
        ...(host === undefined ? {} : { HOST: host }),
      }
      const env = { ...terminal.env, ...given }
      parseConfig(env)
      const { main } = await import('../../start/http-service.ts')
      await main([], env)
    })

  program
    .command('mcp')
    .description('speak MCP over stdin and stdout, for clients that start a program')
    .addHelpText(
      'after',
      `
What a client's configuration says:
  { "mcpServers": { "nss-copilot": { "command": "npx", "args": ["nss-copilot", "mcp"] } } }

Nothing but protocol goes to stdout; the log goes to stderr. Clients that speak HTTP use /mcp of nss-copilot serve.`,
    )
    .action(async () => {
      const { runStdio } = await import('../../start/mcp-stdio.ts')
      // An index that still loads, or an input that stays open, must not hold the process.
      process.exit(await runStdio(terminal.env))
    })

  program
    .command('query')
    .description('ask a question; prints the passages that answer it, each with its citation')
    .argument('<question...>', 'the question, in English, Spanish or a mix; - reads it from stdin')
    .option('--lang <languages>', 'languages to return: en, es or en,es')
    .option('--limit <number>', 'most passages, 1 to 20 (5)')
    .option('--max-tokens <number>', 'budget over the texts, 100 to 8000 (1500)')
    .option('--guides <ids>', 'only these guides, separated by commas')
    .option('--min-authority <level>', 'secondary, law or official (secondary)')
    .option('--no-quick-scan', 'leave out the quick scan')
    .option('--explain', 'scores, ranks and terms', false)
    .option('--json', 'the answer as POST /retrieve gives it', false)
    .option('--url <address>', 'ask a running service instead of loading the index here')
    .addHelpText(
      'after',
      `
Examples:
  $ nss-copilot query "whats the imss phone"
  $ nss-copilot query "no tengo acta apostillada" --lang es --limit 2
  $ nss-copilot query - --json < question.txt
  $ nss-copilot query "is the NSS free?" --url http://127.0.0.1:8787

Exit codes: 0 answered, wholly or partly; 3 the guides hold no answer; 2 the call is wrong; 1 something failed.`,
    )
    .action(async (words: string[], options: QueryOptions) => {
      const { runQuery } = await import('./query.ts')
      finish(await runQuery(words, options, terminal))
    })

  program
    .command('verify')
    .description(
      'check quotes against the guides: found, altered, stitched, misattributed, not found',
    )
    .argument('<file>', 'JSON as POST /verify takes it, or a quote a line; - reads stdin')
    .option('--json', 'the verdicts as POST /verify gives them', false)
    .option('--url <address>', 'ask a running service instead of loading the index here')
    .addHelpText(
      'after',
      `
A line is a quote, in quotation marks after the guide it is said to stand in, or alone:
  nss: "The IMSS phone number is 800 623 2323"
  nss.es: "800 623 2323"
  The NSS is free of charge

Examples:
  $ nss-copilot verify quotes.txt
  $ echo 'nss: "800 623 2323"' | nss-copilot verify - --json

Exit codes: 0 every quote was found; 4 at least one was not; 2 the call is wrong; 1 something failed.`,
    )
    .action(async (file: string, options: VerifyOptions) => {
      const { runVerify } = await import('./verify.ts')
      finish(await runVerify(file, options, terminal))
    })

  program
    .command('build')
    .description('build the index from guides; embeds only what changed')
    .option('--corpus <folder>', "folder of en/, es/ and sources.yaml (the package's own)")
    .option('--index <folder>', 'folder to write (INDEX_DIR)')
    .option('--fresh', 'parse, cut and embed everything again', false)
    .option('--json', 'the summary as JSON', false)
    .addHelpText(
      'after',
      `
Examples:
  $ nss-copilot build --corpus my-guides --index my-index
  $ INDEX_DIR=my-index nss-copilot serve

A guide that is wrong is named with file, field and line, and the index on disk stays as it was.`,
    )
    .action(async (options: BuildOptions) => {
      const { runBuild } = await import('./build.ts')
      finish(await runBuild(options, terminal))
    })
}
