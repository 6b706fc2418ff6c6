/** `node dist/scripts/mcp-stdio.js`: the MCP server over standard input and output; settings as for the service. */
import { runStdio } from '../src/runtime/stdio.ts'

process.exit(await runStdio(process.env))
