/** The commands of the bin. Each has its options, help and action in its own file. */
import { VERSION } from '../../engine/core/version.ts'
import { addBuild } from './build.ts'
import { EXIT_CODES_HELP } from './exit-codes.ts'
import { addMcp } from './mcp.ts'
import { addQuery } from './query.ts'
import { type AddCommands, runProgram } from './run-program.ts'
import { addServe, settingsHelp } from './serve.ts'
import type { Terminal } from './terminal.ts'
import { addVerify } from './verify.ts'

/** Runs the bin once and resolves with the exit code; never rejects. For `serve`, it resolves while the server keeps running. */
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
  $ echo 'nss: "800 623 2323"' | nss-copilot verify -   # does the guide say this?
  $ nss-copilot mcp                                     # for MCP clients that launch a local server

${EXIT_CODES_HELP}

${settingsHelp()}
The default folders are inside the package; a folder that you give is relative to the working directory.`,
    )
  for (const add of [addServe, addMcp, addQuery, addVerify, addBuild]) add(program, call)
}
