/** The tool `verify_citations`: same input and output as `/verify`. */
import type { CallToolResult, McpServer } from '@modelcontextprotocol/server'
import { RetrievalError } from '../../engine/core/errors.ts'
import {
  type VerificationResponse,
  verificationRequestSchema,
  verificationResponseSchema,
  verifyInTurns,
} from '../../engine/core/verification.ts'
import type { McpDeps } from './mcp-deps.ts'
import { MAX_RESULT_TOKENS, resultTokens } from './result-size.ts'
import { readableVerification } from './result-text.ts'
import { READ_ONLY, runTool } from './tool-result.ts'

export function registerVerifyCitations(server: McpServer, deps: McpDeps): void {
  server.registerTool(
    'verify_citations',
    {
      title: 'Check quotes against the guides',
      description:
        'Checks quotes word for word against the guides: found, stitched (true pieces joined), altered (with what the guide really says), misattributed (with where it stands) or not_found. Use it before showing quotes or citations from these guides, and to check a text that somebody else wrote about them. It does not judge paraphrases or whether a claim is true, and knows no other documents.',
      inputSchema: verificationRequestSchema,
      outputSchema: verificationResponseSchema,
      annotations: READ_ONLY,
    },
    (request, ctx) =>
      runTool(deps, 'verify_citations', async ({ verifier }) => {
        const result = toResult(await verifyInTurns(verifier, request, ctx.mcpReq.signal))
        const limit = deps.maxResultTokens ?? MAX_RESULT_TOKENS
        const tokens = resultTokens(result)
        if (tokens <= limit) return result
        const fitting = Math.max(1, Math.floor((request.citations.length * limit) / tokens))
        throw new RetrievalError(
          'invalid_request',
          `The result for ${request.citations.length} quotes would be too long: send about ${fitting} at a time, each no longer than needed.`,
        )
      }),
  )
}

function toResult(checked: VerificationResponse): CallToolResult {
  return {
    content: [{ type: 'text', text: readableVerification(checked) }],
    structuredContent: { ...checked },
  }
}
