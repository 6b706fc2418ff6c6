/** The dependencies of the MCP server: the ports that it calls, and where it reports faults. */
import type { Library } from '../../engine/core/library.ts'
import type { Retriever } from '../../engine/core/retrieval.ts'
import type { Verifier } from '../../engine/core/verification.ts'

/** The ports of one index. */
export type McpPorts = {
  readonly library: Library
  readonly retriever: Retriever
  readonly verifier: Verifier
}

/** Which tools the server offers: `all`, or with `chatgpt` only `search` and `fetch`, as ChatGPT connectors require. */
export type ToolProfile = 'all' | 'chatgpt'

export type McpDeps = {
  /**
   * Called anew for every tool call, resource and completion, because a client may connect while the index is loading, and
   * the index can be replaced later.
   */
  readonly service: () => McpPorts | Promise<McpPorts>
  /** The server's website; clients display it. */
  readonly websiteUrl?: string
  /** Called with each fault of the service, including its chain of causes. Clients are only told that there was a fault. */
  readonly fault?: (error: unknown, what: string) => void
  /** Maximum size of one tool result, in tokens; `MAX_RESULT_TOKENS` by default. Only tests set it lower. */
  readonly maxResultTokens?: number
}
