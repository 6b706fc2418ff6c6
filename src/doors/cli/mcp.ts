/** `nss-copilot mcp`: serves MCP over stdin and stdout. */
import type { AddCommands } from './run-program.ts'

export const addMcp: AddCommands = (program, { terminal }) => {
  program
    .command('mcp')
    .description('serve MCP over stdin and stdout, for clients that launch a local server')
    .addHelpText(
      'after',
      `
Put this into the client's configuration:
  { "mcpServers": { "nss-copilot": { "command": "npx", "args": ["nss-copilot", "mcp"] } } }

stdout carries only protocol messages; the log goes to stderr. Clients that connect over HTTP use /mcp of nss-copilot serve.`,
    )
    .action(async () => {
      const { runStdio } = await import('../../start/mcp-stdio.ts')
      // Exits explicitly, because an index that is still loading or an open stdin would keep the process alive.
      process.exit(await runStdio(terminal.env))
    })
}
