/** The bin's list of commands; each has its options, help and action in a file of its own. */
import { VERSION } from '../../engine/core/version.ts'
import { addBuild } from './build.ts'
import { EXIT_CODES_HELP } from './exit-codes.ts'
import { addMcp } from './mcp.ts'
import { addQuery } from './query.ts'
import { type AddCommands, runProgram } from './run-program.ts'
import { addServe, settingsHelp } from './serve.ts'
import type { Terminal } from './terminal.ts'
import { addVerify } from './verify.ts'

/** Runs one call of the bin and resolves with its exit code; never rejects. A started `serve` keeps running. */
export function runBin(argv: readonly string[], terminal: Terminal): Promise<number> {
  return runProgram(argv, terminal, addBinCommands)
}

const addBinCommands: AddCommands = (program, call) => {
  program
    .name('nss-copilot')
    .description(
      'Answers questions about Mexican social-security paperwork (NSS, IMSS, CURP) from guides in English and Spanish, with citations that a program can check. It downloads nothing and needs no key.',
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

${settingsHelp()}
A folder that you give is relative to the current folder; the defaults are the package's own.`,
    )
  for (const add of [addServe, addMcp, addQuery, addVerify, addBuild]) add(program, call)
}
