/** What the MCP server is given: ports, and somebody to tell about faults. */
import type { Library } from '../../engine/core/library.ts'
import type { Retriever } from '../../engine/core/retrieval.ts'
import type { Verifier } from '../../engine/core/verification.ts'

export type McpService = {
  readonly library: Library
  readonly retriever: Retriever
  readonly verifier: Verifier
}

/** `all`, or what ChatGPT connectors need: `search` and `fetch`. */
export type ToolProfile = 'all' | 'chatgpt'

export type McpDeps = {
  /** Asked by every call, so that a server can greet while its index still loads. */
  readonly service: () => McpService | Promise<McpService>
  /** What clients show as the place of the server. */
  readonly websiteUrl?: string
  /** Faults of ours, with the whole chain; clients only learn that there was one. */
  readonly fault?: (error: unknown, what: string) => void
  /** Most tokens of one tool result; less only in tests. */
  readonly maxResultTokens?: number
}
