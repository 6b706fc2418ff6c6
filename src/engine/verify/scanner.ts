/** The position of a scan in its text, and what it has read so far. */
import type { Forgiven } from '../core/verification.ts'

export type Token = {
  /** As it is compared: folded, except for the kinds of difference that are strict. */
  readonly text: string
  readonly start: number
  readonly end: number
  readonly isWord: boolean
  /** No white space comes right before it. */
  readonly isGlued: boolean
}

/** The number of a list item (`2.`), which is left out of the tokens. */
export type ListNumber = {
  /** Index of the token that follows it. */
  readonly before: number
  readonly start: number
  readonly number: string
}

export type ScanOptions = {
  /** Kinds of difference that count instead of being forgiven. */
  readonly strict?: ReadonlySet<Forgiven>
  /** Whether `2. ` at an offset is the number of a list item; by default it never is. */
  readonly isListNumber?: (offset: number) => boolean
}

export type Scanner = {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly listNumbers: readonly ListNumber[]
  at: number
  /** Only white space and Markdown marks come before `at` on its line. */
  isLineStart: boolean
  /** Nothing but white space comes before `at` on its line. */
  isNewLine: boolean
  isStrict(kind: Forgiven): boolean
  isListNumber(): boolean
  /** Matches a sticky expression at `at`. */
  match(pattern: RegExp): RegExpExecArray | null
  /** Reads up to `end` as one token. */
  take(end: number, shown: string, isWord?: boolean): void
  /** Leaves out the text up to `end`; if the kind is strict, the text becomes a token as it is written. */
  skip(kind: Forgiven, end: number): void
  /** Leaves out the text up to `end`, which is the number of a list item. */
  skipListNumber(number: string, end: number): void
}

export function createScanner(text: string, options: ScanOptions): Scanner {
  const tokens: Token[] = []
  const listNumbers: ListNumber[] = []
  const scanner: Scanner = {
    text,
    tokens,
    listNumbers,
    at: 0,
    isLineStart: true,
    isNewLine: true,
    isStrict: (kind) => options.strict?.has(kind) ?? false,
    isListNumber: () => options.isListNumber?.(scanner.at) ?? false,
    match(pattern) {
      pattern.lastIndex = scanner.at
      return pattern.exec(text)
    },
    take(end, shown, isWord = false) {
      const { at } = scanner
      const isGlued = at > 0 && !isSpace(text, at - 1)
      tokens.push({ text: shown, start: at, end, isWord, isGlued })
      scanner.at = end
      scanner.isLineStart = false
    },
    skip(kind, end) {
      const { isLineStart } = scanner
      if (scanner.isStrict(kind)) scanner.take(end, text.slice(scanner.at, end))
      scanner.at = end
      scanner.isLineStart = isLineStart
    },
    skipListNumber(number, end) {
      listNumbers.push({ before: tokens.length, start: scanner.at, number })
      scanner.skip('markdown', end)
    },
  }
  return scanner
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text[at] ?? '')
}
