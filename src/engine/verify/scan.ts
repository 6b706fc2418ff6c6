/**
 * Splits Markdown, or text copied from its rendering, into words and signs. Differences that are forgiven leave no
 * trace in them; offsets are kept.
 */
import { fold, stripAccents } from '../core/fold.ts'
import {
  createScanner,
  type ListNumber,
  type Scanner,
  type ScanOptions,
  type Token,
} from './scanner.ts'

export type Scanned = {
  readonly tokens: readonly Token[]
  readonly listNumbers: readonly ListNumber[]
}

export function scan(text: string, options: ScanOptions = {}): Scanned {
  const scanner = createScanner(text, options)
  const reads = (rule: Rule) => rule(scanner)
  while (scanner.at < text.length) RULES.some(reads)
  return { tokens: scanner.tokens, listNumbers: scanner.listNumbers }
}

/**
 * Reads what is at the scanner's position, if the rule applies to it, and returns whether it did. The last rule reads
 * anything.
 */
type Rule = (scanner: Scanner) => boolean

const RULES: readonly Rule[] = [
  whiteSpace,
  drawnLine,
  lineLead,
  listNumber,
  noteNumber,
  word,
  markup,
  entity,
  ellipsis,
  minus,
  sign,
]

export const ELLIPSIS = '…'

// Sticky expressions without nested repetition, so that a scan takes linear time.
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
/** Superscript numbers of notes. */
const SUPERSCRIPTS = /[¹²³⁰⁴-⁹]+/y

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' }
/** Soft hyphen, zero-width characters and direction marks. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/
const INVISIBLES = /[\u00ad\u200b-\u200f\u2060\ufeff]+/g
const QUOTE_MARKS = new Set('"\'“”„‟«»‹›‘’‚‛´¿¡')
const APOSTROPHES = /[’‛´]/g
const DASHES = new Set('-‐‑‒–—―−')
const EMPHASIS = new Set('*_~`|#[]\\')

function whiteSpace(scanner: Scanner): boolean {
  const run = scanner.match(WHITE_SPACE)?.[0]
  if (run === undefined) return false
  scanner.skip('whitespace', scanner.at + run.length)
  if (run.includes('\n')) {
    scanner.isLineStart = true
    scanner.isNewLine = true
  }
  return true
}

/** A line of drawing characters only: a rule, or the row between a table's head and its body. */
function drawnLine(scanner: Scanner): boolean {
  if (!scanner.isNewLine) return false
  scanner.isNewLine = false
  const { text, at } = scanner
  let drawn = 0
  let end = at
  for (; end < text.length && text[end] !== '\n'; end++) {
    const char = text[end] ?? ''
    if ('-=*_'.includes(char)) drawn++
    else if (!'|: \t'.includes(char)) return false
  }
  if (drawn < 3) return false
  scanner.skip('markdown', end)
  return true
}

function skipMark(scanner: Scanner, pattern: RegExp): boolean {
  const match = scanner.match(pattern)
  if (match) scanner.skip('markdown', scanner.at + match[0].length)
  return match !== null
}

function lineLead(scanner: Scanner): boolean {
  return scanner.isLineStart && (skipMark(scanner, FENCE_LINE) || skipMark(scanner, LINE_LEAD))
}

function listNumber(scanner: Scanner): boolean {
  if (!scanner.isListNumber()) return false
  const { text, at } = scanner
  const match = scanner.match(LIST_NUMBER)
  if (!match || (at > 0 && !/[\s(|*_>]/.test(text[at - 1] ?? ''))) return false
  scanner.skipListNumber(match[1] ?? '', at + match[0].length)
  return true
}

function noteNumber(scanner: Scanner): boolean {
  const isAfterStop = /[.,;:)!?]/.test(scanner.text[scanner.at - 1] ?? '')
  return isAfterStop && skipMark(scanner, SUPERSCRIPTS)
}

function word(scanner: Scanner): boolean {
  const { text, at } = scanner
  if (!isLetterAt(text, at)) return false
  const end = endOfWord(text, at)
  scanner.take(end, foldWord(text.slice(at, end), scanner), true)
  return true
}

function markup(scanner: Scanner): boolean {
  const char = scanner.text[scanner.at]
  if (char === '[') return skipMark(scanner, NOTE_MARK)
  if (char === ']') return skipMark(scanner, LINK_END)
  return char === '<' && (skipMark(scanner, AUTOLINK) || skipMark(scanner, TAG))
}

function entity(scanner: Scanner): boolean {
  const match = scanner.match(ENTITY)
  if (!match) return false
  const end = scanner.at + match[0].length
  const shown = ENTITIES[match[1] ?? '']
  if (shown) scanner.take(end, shown)
  else scanner.skip('markdown', end)
  return true
}

function ellipsis(scanner: Scanner): boolean {
  const { text, at } = scanner
  const length = text[at] === ELLIPSIS ? 1 : scanner.match(DOTS)?.[0].length
  if (length === undefined) return false
  const end = at + length
  scanner.take(end, scanner.isStrict('typography') ? text.slice(at, end) : ELLIPSIS)
  return true
}

/** The minus sign of `-5`, but not the dash of `8:00 -15:00` or `well-known`. */
function minus(scanner: Scanner): boolean {
  const { text, at, tokens } = scanner
  const char = text[at] ?? ''
  if (!DASHES.has(char) || !/^\$?\p{N}/u.test(text.slice(at + 1, at + 3))) return false
  if (at > 0 && !/[\s(|]/.test(text[at - 1] ?? '')) return false
  const before = tokens.at(-1)
  if (before && /\p{N}$/u.test(before.text)) return false
  scanner.take(at + 1, scanner.isStrict('typography') ? char : '-')
  return true
}

/** Any other character: left out when it is only typography or markup, otherwise a token. */
function sign(scanner: Scanner): boolean {
  const { text, at } = scanner
  const char = text[at] ?? ''
  if (QUOTE_MARKS.has(char) || DASHES.has(char) || INVISIBLE.test(char)) {
    scanner.skip('typography', at + 1)
  } else if (EMPHASIS.has(char)) {
    scanner.skip('markdown', at + 1)
  } else {
    const whole = String.fromCodePoint(text.codePointAt(at) ?? 0)
    const shown = scanner.isStrict('typography') ? whole : whole.normalize('NFKC')
    scanner.take(at + whole.length, shown)
  }
  return true
}

const LETTER = /^[\p{L}\p{N}\p{M}]/u

function isLetterAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) {
    return (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
  }
  return LETTER.test(text.slice(at, at + 2))
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

/** A word as it is compared: folded, except for the kinds of difference that are strict. */
function foldWord(word: string, { isStrict }: Scanner): string {
  const plain = isStrict('typography')
    ? word
    : word.replace(INVISIBLES, '').replace(APOSTROPHES, "'").normalize('NFKC')
  if (isStrict('accents'))
    return isStrict('case') ? plain.normalize('NFC') : plain.normalize('NFC').toLowerCase()
  if (isStrict('case')) return stripAccents(plain)
  return isStrict('typography') ? stripAccents(plain).toLowerCase() : fold(plain)
}
