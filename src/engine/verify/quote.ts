/** A quote as it is compared: words and signs, numbered by the guides' vocabulary. */
import type { Vocabulary } from './guide-text.ts'
import { ELLIPSIS, type Scanned, scan } from './scan.ts'
import type { ListNumber, Token } from './scanner.ts'

/** Tokens `[from, to)` of a quote. */
export type Stretch = { readonly from: number; readonly to: number }

export type Quote = {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly ids: Int32Array
  /** Numbers of list items, which are left out of the tokens; the guide must have them too. */
  readonly listNumbers: readonly ListNumber[]
  /** The quote without punctuation at its ends. */
  readonly core: Stretch
}

const PUNCTUATION = new Set(['.', ',', ';', ':', '!', '?', '(', ')', '/', ELLIPSIS])

export function isPunctuation(token: Token | undefined): boolean {
  return token !== undefined && !token.isWord && PUNCTUATION.has(token.text)
}

export function toQuote(text: string, vocabulary: Vocabulary): Quote {
  return toNumbered(text, scan(text), vocabulary)
}

/** The quote with `2. ` read as a list number; undefined when it has none. */
export function withoutListNumbers(text: string, vocabulary: Vocabulary): Quote | undefined {
  const scanned = scan(text, { isListNumber: () => true })
  return scanned.listNumbers.length === 0 ? undefined : toNumbered(text, scanned, vocabulary)
}

function toNumbered(text: string, { tokens, listNumbers }: Scanned, vocabulary: Vocabulary): Quote {
  const ids = Int32Array.from(tokens, (token) => vocabulary.find(token.text))
  return { text, tokens, ids, listNumbers, core: trim(tokens, { from: 0, to: tokens.length }) }
}

/** A stretch without punctuation at its ends; empty when it holds nothing else. */
export function trim(tokens: readonly Token[], { from, to }: Stretch): Stretch {
  let start = from
  let end = to
  while (start < end && isPunctuation(tokens[start])) start++
  while (end > start && isPunctuation(tokens[end - 1])) end--
  return { from: start, to: end }
}

export function countWords(tokens: readonly Token[], { from, to }: Stretch): number {
  let words = 0
  for (let i = from; i < to; i++) if (tokens[i]?.isWord) words++
  return words
}

/** The stretches between marks of omission: `…`, `...`, `[...]`; empty ones are left out. */
export function pieces(quote: Quote): Stretch[] {
  const found: Stretch[] = []
  let from = quote.core.from
  for (let i = quote.core.from; i <= quote.core.to; i++) {
    if (i < quote.core.to && quote.tokens[i]?.text !== ELLIPSIS) continue
    const piece = trim(quote.tokens, { from, to: i })
    if (piece.from < piece.to) found.push(piece)
    from = i + 1
  }
  return found
}
