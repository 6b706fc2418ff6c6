/** The port of an optional second stage over the best candidates. */
import type { Passage } from './passage.ts'

export type Reranker = {
  readonly name: string
  /** One score per passage, in order; higher is better. */
  rerank(query: string, passages: readonly Passage[], signal: AbortSignal): Promise<number[]>
}
