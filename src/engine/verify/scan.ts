/** Reads Markdown, or text copied from its rendering, as words and signs: what is forgiven is left out, the rest keeps its offsets. */
import type { Forgiven } from '../core/verification.ts'

export type Token = {
  /** As compared: folded unless a kind is strict. */
  readonly text: string
  readonly start: number
  readonly end: number
  readonly isWord: boolean
  /** No white space stands before it. */
  readonly isGlued: boolean
}

/** A number that counts a list's items (`2.`), left out before the token of this index. */
export type ListNumber = {
  readonly before: number
  readonly start: number
  readonly number: string
}

export type Scan = {
  readonly tokens: readonly Token[]
  readonly listNumbers: readonly ListNumber[]
  /** Markdown marks that a browser does not show. */
  readonly marks: readonly { readonly start: number; readonly end: number }[]
}

export type ScanOptions = {
  /** Kinds that are told apart instead of forgiven. */
  readonly strict?: ReadonlySet<Forgiven>
  /** Where `2. ` counts an item of a list; nowhere by default. */
  readonly isListNumber?: (offset: number) => boolean
}

export const ELLIPSIS = '…'

const LETTER = /^[\p{L}\p{N}\p{M}]/u
const MARKS = /\p{M}+/gu
/** Soft hyphen, zero-width characters and marks of direction. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/
const INVISIBLES = /[\u00ad\u200b-\u200f\u2060\ufeff]+/g
const QUOTE_MARKS = new Set('"\'“”„‟«»‹›‘’‚‛´¿¡')
const APOSTROPHES = /[’‛´]/g
const DASHES = new Set('-‐‑‒–—―−')
const EMPHASIS = new Set('*_~`|#')
/** Numbers of notes after a full stop. */
const SUPERSCRIPT = /[¹²³⁰⁴-⁹]/

// Sticky expressions without nested repetition: each reads a bounded stretch.
const WHITE_SPACE = /\s+/y
const LINE_LEAD = /(?:#{1,6}(?=\s|$)|>|[-*+](?=\s)|\[[ xX]\](?=\s))/y
const LIST_NUMBER = /(\d{1,3})[.)](?=\s)/y
const FENCE_LINE = /(?:```[^`\n]*|~~~[^\n]*)(?=\n|$)/y
const NOTE_MARK = /\[(?:\^[^\]\s[]{1,80}|\d{1,3}(?:, ?\d{1,3}){0,9})\]/y
const LINK_END = /\](?:\([^\s()[\]]{0,1000}(?: "[^"\n]{0,200}")?\)|\[[^\s[\]]{0,100}\])/y
const AUTOLINK = /<(?=(?:https?:|mailto:)[^\s<>]{1,1000}>)/y
const TAG = /<\/?[a-zA-Z][^<>\n]{0,200}>/y
const ENTITY = /&(nbsp|amp|lt|gt|quot|#39|#160);/y
const DOTS = /\.{3,}/y

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' }

export function scan(text: string, options: ScanOptions = {}): Scan {
  const strict = options.strict
  const tokens: Token[] = []
  const listNumbers: ListNumber[] = []
  const marks: { start: number; end: number }[] = []
  let at = 0
  let isLineStart = true
  let isNewLine = true

  const push = (end: number, shown: string, isWord = false) => {
    const isGlued = at > 0 && !isSpace(text, at - 1)
    tokens.push({ text: shown, start: at, end, isWord, isGlued })
    at = end
    isLineStart = false
  }
  const skip = (kind: Forgiven, end: number) => {
    if (kind === 'markdown') marks.push({ start: at, end })
    if (!strict?.has(kind)) {
      at = end
      return
    }
    const wasLineStart = isLineStart
    push(end, text.slice(at, end))
    isLineStart = wasLineStart
  }
  const matchAt = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(text)
  }
  const skipMark = (pattern: RegExp): boolean => {
    const match = matchAt(pattern)
    if (match) skip('markdown', at + match[0].length)
    return match !== null
  }

  while (at < text.length) {
    const char = text[at] ?? ''
    if (isSpace(text, at)) {
      const run = matchAt(WHITE_SPACE)?.[0] ?? char
      skip('whitespace', at + run.length)
      if (run.includes('\n')) {
        isLineStart = true
        isNewLine = true
      }
      continue
    }
    if (isNewLine) {
      isNewLine = false
      const end = endOfRuleLine(text, at)
      if (end > at) {
        skip('markdown', end)
        continue
      }
    }
    if (isLineStart && (skipMark(FENCE_LINE) || skipMark(LINE_LEAD))) continue
    if (options.isListNumber?.(at)) {
      const match = matchAt(LIST_NUMBER)
      if (match && !isGlued(text, at)) {
        listNumbers.push({ before: tokens.length, start: at, number: match[1] ?? '' })
        skip('markdown', at + match[0].length)
        continue
      }
    }
    if (isLetterAt(text, at)) {
      if (SUPERSCRIPT.test(char) && /[.,;:)!?]/.test(text[at - 1] ?? '')) {
        skip('markdown', endOfRun(text, at, SUPERSCRIPT))
        continue
      }
      const end = endOfWord(text, at)
      push(end, foldWord(text.slice(at, end), strict), true)
      continue
    }
    if (char === '[' && skipMark(NOTE_MARK)) continue
    if (char === ']' && skipMark(LINK_END)) continue
    if (char === '<' && (skipMark(AUTOLINK) || skipMark(TAG))) continue
    const entity = char === '&' ? matchAt(ENTITY) : null
    if (entity) {
      const sign = ENTITIES[entity[1] ?? '']
      if (sign) push(at + entity[0].length, sign)
      else skip('markdown', at + entity[0].length)
      continue
    }
    const dots = char === '.' ? matchAt(DOTS) : null
    if (dots || char === ELLIPSIS) {
      const end = at + (dots?.[0].length ?? 1)
      push(end, strict?.has('typography') ? text.slice(at, end) : ELLIPSIS)
      continue
    }
    if (DASHES.has(char) && isMinus(text, at, tokens.at(-1))) {
      push(at + 1, strict?.has('typography') ? char : '-')
      continue
    }
    if (QUOTE_MARKS.has(char) || DASHES.has(char)) skip('typography', at + 1)
    else if (EMPHASIS.has(char) || '[]\\'.includes(char)) skip('markdown', at + 1)
    else if (INVISIBLE.test(char)) skip('typography', at + 1)
    else {
      const sign = String.fromCodePoint(text.codePointAt(at) ?? 0)
      push(at + sign.length, strict?.has('typography') ? sign : sign.normalize('NFKC'))
    }
  }
  return { tokens, listNumbers, marks }
}

function isSpace(text: string, at: number): boolean {
  return /\s/.test(text[at] ?? '')
}

function isLetterAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) {
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
  }
  return LETTER.test(text.slice(at, at + 2))
}

function isGlued(text: string, at: number): boolean {
  return at > 0 && !/[\s(|*_>]/.test(text[at - 1] ?? '')
}

function endOfRun(text: string, from: number, pattern: RegExp): number {
  let end = from
  while (end < text.length && pattern.test(text[end] ?? '')) end++
  return end
}

/** The end of a line that only draws: a rule, or the row between a table's head and its body; else where it began. */
function endOfRuleLine(text: string, from: number): number {
  let drawn = 0
  let end = from
  for (; end < text.length && text[end] !== '\n'; end++) {
    const char = text[end] ?? ''
    if ('-=*_'.includes(char)) drawn++
    else if (!'|: \t'.includes(char)) return from
  }
  return drawn >= 3 ? end : from
}

/** Letters and digits, with apostrophes, underscores and invisible characters between them. */
function endOfWord(text: string, from: number): number {
  let end = from
  while (end < text.length) {
    if (isLetterAt(text, end)) {
      end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
      continue
    }
    const char = text[end] ?? ''
    const joins = char === "'" || char === '’' || char === '_' || INVISIBLE.test(char)
    if (!joins || !isLetterAt(text, end + 1)) break
    end++
  }
  return end
}

function foldWord(word: string, strict: ReadonlySet<Forgiven> | undefined): string {
  let folded = word
  if (!strict?.has('typography')) {
    folded = folded.replace(INVISIBLES, '').replace(APOSTROPHES, "'").normalize('NFKC')
  }
  folded = strict?.has('accents')
    ? folded.normalize('NFC')
    : folded.normalize('NFD').replace(MARKS, '')
  return strict?.has('case') ? folded : folded.toLowerCase()
}

/** `-5`, but not the dash of `8:00 -15:00` or `well-known`. */
function isMinus(text: string, at: number, before: Token | undefined): boolean {
  if (!/^\$?\p{N}/u.test(text.slice(at + 1, at + 3))) return false
  if (at > 0 && !/[\s(|]/.test(text[at - 1] ?? '')) return false
  return !(before && /\p{N}$/u.test(before.text))
}
