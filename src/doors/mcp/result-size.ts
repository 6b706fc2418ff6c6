/** Estimates the size of a tool result in tokens of the bundled model, without loading its tokenizer. */
import type { CallToolResult } from '@modelcontextprotocol/server'

/**
 * Maximum size of one result, text and structured content together. It leaves a margin, because clients apply their limits
 * with tokenizers of their own, which count more tokens than that of the bundled model.
 */
export const MAX_RESULT_TOKENS = 15_000

/** Letters per token of a word: fewer than on average, so that the estimate is never too low. */
const LETTERS = 5
/** Tokens per digit: more than the tokenizer needs, for the same reason. */
const DIGIT = 0.6

/** Overestimates by 3 to 29 % on guides and on JSON with citations; never underestimates. */
export function estimateTokens(text: string): number {
  let tokens = 0
  for (const [run] of text.matchAll(/\p{Script=Latin}+|\d+|\S/gu)) {
    if (/^\d/.test(run)) tokens += Math.ceil(run.length * DIGIT)
    else tokens += run.length === 1 ? 1 : Math.ceil(run.length / LETTERS)
  }
  return tokens
}

/** Estimated tokens of the whole result as it is sent to the client. */
export function resultTokens(result: CallToolResult): number {
  return estimateTokens(JSON.stringify(result))
}

/** The first candidate within the limit, otherwise the last one. Candidates must be ordered from longest to shortest. */
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
