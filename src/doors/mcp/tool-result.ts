/** Shared by all tools: annotations, results, and errors that tell a model what to do next. */
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server'
import { type ErrorCode, isRetrievalError } from '../../engine/core/errors.ts'
import { LANGUAGES, type Language } from '../../engine/core/language.ts'
import type { McpDeps, McpPorts } from './mcp-deps.ts'

/** Annotations of every tool: it changes nothing, gives the same result for the same input, and accesses only the guides. */
export const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const

/** Whether clients get the error's message, so that the model can correct its call or inform the user. */
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

/** The error text for clients: the message if they may see it; otherwise the error is logged and they get a general text. */
export function messageForClient(error: unknown, deps: McpDeps, what: string): string {
  if (isRetrievalError(error) && SHOWN_TO_CLIENTS[error.code]) return error.message
  deps.fault?.(error, what)
  return 'The service failed; the error was logged. Try again later.'
}

/** Runs a tool with the current ports. An error becomes a text result with `isError` and without structured content. */
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

/** The language from the locale that ChatGPT reports for its user (such as `es-MX`), if it is one of the shipped languages. */
export function localeOf(ctx: ServerContext): Language | undefined {
  const locale: unknown = ctx.mcpReq._meta?.[LOCALE_KEY]
  const language = typeof locale === 'string' ? locale.toLowerCase().split(/[-_]/)[0] : undefined
  return LANGUAGES.find((known) => known === language)
}

/** Reports which language was chosen, as ChatGPT requires. */
export function inLanguage(result: CallToolResult, language: Language): CallToolResult {
  return { ...result, _meta: { ...result._meta, [LOCALE_KEY]: language } }
}
