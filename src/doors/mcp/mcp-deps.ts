/** What the MCP server is given: the ports it asks, and where it reports faults. */
import type { Library } from '../../engine/core/library.ts'
import type { Retriever } from '../../engine/core/retrieval.ts'
import type { Verifier } from '../../engine/core/verification.ts'

/** The ports of one index. */
export type McpPorts = {
  readonly library: Library
  readonly retriever: Retriever
  readonly verifier: Verifier
}

/** `all`, or what ChatGPT connectors need: `search` and `fetch`. */
export type ToolProfile = 'all' | 'chatgpt'

export type McpDeps = {
  /** Called for every call, resource and completion: a server can greet while its index loads, and the index can be replaced. */
  readonly service: () => McpPorts | Promise<McpPorts>
  /** The server's website, shown by clients. */
  readonly websiteUrl?: string
  /** Called with each fault of the service and its chain of causes; clients only learn that there was one. */
  readonly fault?: (error: unknown, what: string) => void
  /** Limit of one tool result, in tokens; only tests set it lower. */
  readonly maxResultTokens?: number
}
