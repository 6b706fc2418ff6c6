/** How long a tool result is, in tokens of the bundled model, without loading its tokenizer. */
import type { CallToolResult } from '@modelcontextprotocol/server'

/** Everything that one call sends, text and structured content together; clients' own tokenizers count more. */
export const MAX_RESULT_TOKENS = 15_000

/** Letters of one token, taken low: guides have four, addresses and hashes two to three. */
const LETTERS = 5
/** Tokens of one digit, taken high. */
const DIGIT = 0.6

/** 3 to 29 % above what the tokenizer counts for guides and for JSON with citations; never below. */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (const [run] of text.matchAll(/\p{Script=Latin}+|\d+|\S/gu)) {
    if (/^\d/.test(run)) tokens += Math.ceil(run.length * DIGIT)
    else tokens += run.length === 1 ? 1 : Math.ceil(run.length / LETTERS)
  }
  return tokens
}

/** Of the whole result as it is sent. */
export function resultTokens(result: CallToolResult): number {
  return estimateTokens(JSON.stringify(result))
}

/** The first candidate that fits, else the last: candidates get shorter and shorter. */
export function firstThatFits(
  candidates: Iterable<CallToolResult>,
  maxTokens: number = MAX_RESULT_TOKENS,
): CallToolResult {
  let last: CallToolResult | undefined
  for (const candidate of candidates) {
    last = candidate
    if (resultTokens(candidate) <= maxTokens) break
  }
  if (!last) throw new Error('no candidate was given')
  return last
}
