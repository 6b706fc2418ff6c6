/** MCP over standard input and output. */
import { RetrievalError } from '../core/errors.ts'

/** What `nss-copilot mcp` runs: returns the exit code. */
export async function runStdio(
  _env: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  throw new RetrievalError('dependency_missing', 'the MCP server is not part of this build')
}
