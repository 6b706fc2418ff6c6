/** `nss-copilot mcp`: MCP over standard input and output. */
import type { AddCommands } from './run-program.ts'

export const addMcp: AddCommands = (program, { terminal }) => {
  program
    .command('mcp')
    .description('speak MCP over stdin and stdout, for clients that start a program')
    .addHelpText(
      'after',
      `
What to put into a client's configuration:
  { "mcpServers": { "nss-copilot": { "command": "npx", "args": ["nss-copilot", "mcp"] } } }

stdout carries protocol messages only; the log goes to stderr. Clients that speak HTTP use /mcp of nss-copilot serve.`,
    )
    .action(async () => {
      const { runStdio } = await import('../../start/mcp-stdio.ts')
      // An index that is still loading or an input that stays open would keep the process alive.
      process.exit(await runStdio(terminal.env))
    })
}
