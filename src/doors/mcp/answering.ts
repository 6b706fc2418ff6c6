/** How every tool answers: read-only, checked, and with errors that tell a model what to do next. */
import type { CallToolResult, ServerContext } from '@modelcontextprotocol/server'
import { type ErrorCode, isRetrievalError } from '../../engine/core/errors.ts'
import { LANGUAGES, type Language } from '../../engine/core/language.ts'
import type { McpDeps, McpService } from './service.ts'

/** Nothing is changed, the same question gives the same answer, and nothing outside the guides is reached. */
export const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
} as const

/** Whether a model may read the message, and mend its call or tell its user by it. */
const TOLD: Record<ErrorCode, boolean> = {
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

/** What a client may read of a fault. */
export function tellable(error: unknown, deps: McpDeps, what: string): string {
  if (isRetrievalError(error) && TOLD[error.code]) return error.message
  deps.fault?.(error, what)
  return 'The call failed on the side of the service; it was logged. Try again later.'
}

/** Runs a tool; what is thrown becomes text with `isError` and without structured content. */
export async function answer(
  deps: McpDeps,
  tool: string,
  run: (service: McpService) => CallToolResult | Promise<CallToolResult>,
): Promise<CallToolResult> {
  try {
    return await run(await deps.service())
  } catch (error) {
    return { content: [{ type: 'text', text: tellable(error, deps, tool) }], isError: true }
  }
}

/** One text item that holds the same JSON as the structured content, as ChatGPT connectors want it. */
export function jsonResult(structured: Record<string, unknown>): CallToolResult {
  return {
    content: [{ type: 'text', text: JSON.stringify(structured) }],
    structuredContent: structured,
  }
}

const LOCALE_KEY = 'openai/locale'

/** The language that ChatGPT says its user reads (`es-MX`), where it is one of ours. */
export function localeOf(ctx: ServerContext): Language | undefined {
  const locale: unknown = ctx.mcpReq._meta?.[LOCALE_KEY]
  const language = typeof locale === 'string' ? locale.toLowerCase().split(/[-_]/)[0] : undefined
  return LANGUAGES.find((known) => known === language)
}

/** Names the language that was chosen, as ChatGPT asks for. */
export function inLanguage(result: CallToolResult, language: Language): CallToolResult {
  return { ...result, _meta: { ...result._meta, [LOCALE_KEY]: language } }
}
