/** What every tool shares: its annotations, its result, and errors that tell a model what to do next. */
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server'
import { type ErrorCode, isRetrievalError } from '../../engine/core/errors.ts'
import { LANGUAGES, type Language } from '../../engine/core/language.ts'
import type { McpDeps, McpPorts } from './mcp-deps.ts'

/** A tool changes nothing, gives the same answer to the same question, and reaches nothing but the guides. */
export const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const

/** Whether the client gets the message, so that the model can correct its call or inform its user. */
const SHOWN_TO_CLIENTS: Record<ErrorCode, boolean> = {
  invalid_request: true,
  not_found: true,
  rate_limited: true,
  overloaded: true,
  not_ready: true,
  method_not_allowed: true,
  payload_too_large: true,
  unsupported_media_type: true,
  aborted: true,
  config_invalid: false,
  guide_invalid: false,
  file_missing: false,
  index_missing: false,
  index_damaged: false,
  index_mismatch: false,
  model_unavailable: false,
  model_damaged: false,
  vector_invalid: false,
  dependency_missing: false,
  evaluation_invalid: false,
  unreachable: false,
  response_invalid: false,
  internal: false,
}

/** What a client may read of an error: its message, or only that there was a fault, which is then logged. */
export function messageForClient(error: unknown, deps: McpDeps, what: string): string {
  if (isRetrievalError(error) && SHOWN_TO_CLIENTS[error.code]) return error.message
  deps.fault?.(error, what)
  return 'The call failed on the side of the service; it was logged. Try again later.'
}

/** Runs a tool with the ports that answer now; an error becomes text with `isError` and without structured content. */
export async function runTool(
  deps: McpDeps,
  tool: string,
  run: (service: McpPorts) => CallToolResult | Promise<CallToolResult>,
): Promise<CallToolResult> {
  try {
    return await run(await deps.service())
  } catch (error) {
    return { content: [{ type: 'text', text: messageForClient(error, deps, tool) }], isError: true }
  }
}

/** One text item with the same JSON as the structured content, as ChatGPT connectors require. */
export function jsonResult(structured: Record<string, unknown>): CallToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(structured) }],
    structuredContent: structured,
  }
}

const LOCALE_KEY = 'openai/locale'

/** The language that ChatGPT reports for its user (`es-MX`), if there are guides in it. */
export function localeOf(ctx: ServerContext): Language | undefined {
  const locale: unknown = ctx.mcpReq._meta?.[LOCALE_KEY]
  const language = typeof locale === 'string' ? locale.toLowerCase().split(/[-_]/)[0] : undefined
  return LANGUAGES.find((known) => known === language)
}

/** Reports the language that was chosen, as ChatGPT asks for. */
export function inLanguage(result: CallToolResult, language: Language): CallToolResult {
  return { ...result, _meta: { ...result._meta, [LOCALE_KEY]: language } }
}
