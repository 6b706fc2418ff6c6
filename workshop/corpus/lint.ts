/** Finds wording that readers or assistants cannot find, quote alone or check; each finding names file, line and remedy. */
import type { Language } from '../../src/engine/core/language.ts'
import { lineAt, type Span, sliceSpan } from '../../src/engine/core/span.ts'
import { toBlocks } from '../../src/engine/guides/blocks.ts'
import { toCanonical } from '../../src/engine/guides/canonical.ts'
import { type GuideFile, parseFrontMatter } from '../../src/engine/guides/front-matter.ts'
import { parseMarkdown, spanOf, visit } from '../../src/engine/guides/markdown.ts'
import {
  ACCENTED_ENDINGS,
  ACCENTED_WORDS,
  ASCII_SUBSTITUTES,
  ASCII_WORDS_TOO,
  EMPTY_HEADING_WORDS,
  LEANING_OPENINGS,
  MAX_PARAGRAPH_WORDS,
  MAX_SENTENCE_WORDS,
  TERMS,
  VERB_BEFORE,
  VERBS_TOO,
} from './lint-words.ts'

export type Finding = {
  readonly path: string
  readonly line: number
  /** What is wrong and how to fix it. */
  readonly message: string
}

/** Splits a text into sentences; passed in, so that the lint uses the same sentences as chunking. */
export type SplitSentences = (text: string) => readonly Span[]

/** A heading, paragraph, table cell or front matter value, and the file's line of an offset in it. */
type Prose = {
  readonly kind: 'heading' | 'paragraph' | 'cell' | 'field'
  readonly text: string
  readonly lineOf: (offset: number) => number
}
type Remark = { readonly offset: number; readonly message: string }

/** All findings of one guide by line; throws `guide_invalid` when its front matter cannot be read. */
export function lintGuide(file: GuideFile, toSentences: SplitSentences): Finding[] {
  const { prose, unsourced, language } = readGuide(file)
  const findings = prose.flatMap((one) =>
    remarksOn(one, language, toSentences).map(({ offset, message }) => ({
      path: file.path,
      line: one.lineOf(offset),
      message,
    })),
  )
  findings.push(...unsourced.map((finding) => ({ path: file.path, ...finding })))
  return findings.sort((a, b) => a.line - b.line)
}

function remarksOn(prose: Prose, language: Language, toSentences: SplitSentences): Remark[] {
  const remarks = [...refusedTerms(prose.text, language)]
  if (language === 'es') remarks.push(...asciiSpanish(prose.text), ...missingOpeners(prose.text))
  if (prose.kind === 'heading') return [...remarks, ...emptyHeading(prose.text, language)]
  remarks.push(...longSentences(prose.text, toSentences))
  if (prose.kind !== 'paragraph') return remarks
  return [...remarks, ...longParagraph(prose.text), ...leaningOpening(prose.text, language)]
}

function longSentences(text: string, toSentences: SplitSentences): Remark[] {
  return toSentences(text).flatMap((span) => {
    const count = countWords(sliceSpan(text, span))
    if (count <= MAX_SENTENCE_WORDS) return []
    const message = `sentence of ${count} words (${excerpt(sliceSpan(text, span))}): split it, ${MAX_SENTENCE_WORDS} at most`
    return [{ offset: span.start, message }]
  })
}

function longParagraph(text: string): Remark[] {
  const count = countWords(text)
  if (count <= MAX_PARAGRAPH_WORDS) return []
  const message = `paragraph of ${count} words: make it two or a list, ${MAX_PARAGRAPH_WORDS} at most`
  return [{ offset: 0, message }]
}

function emptyHeading(text: string, language: Language): Remark[] {
  const title = text.replace(/^[#\s]+/, '').trim()
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.some((word) => !EMPTY_HEADING_WORDS[language].has(word))) return []
  const message = `heading "${title}" is not findable: name what the section is about, as a reader would search for it`
  return [{ offset: 0, message }]
}

/** A list mark, a check box, emphasis and quotation marks before the first word. */
const BEFORE_FIRST_WORD = /^(?:[-+*\s>"“«(_[\]]|\[x\])+/i

function leaningOpening(text: string, language: Language): Remark[] {
  const opening = text.replace(BEFORE_FIRST_WORD, '')
  if (!LEANING_OPENINGS[language].some((pattern) => pattern.test(opening))) return []
  const message = `block cannot stand alone (${excerpt(opening)}): begin with its subject, so that it can be quoted by itself`
  return [{ offset: 0, message }]
}

const ASCII_FORMS: ReadonlyMap<string, string> = new Map([
  ...[...ACCENTED_WORDS]
    .map((word) => [withoutAccents(word.toLowerCase()), word] as const)
    .filter(([ascii]) => !ASCII_WORDS_TOO.has(ascii)),
  ...Object.entries(ASCII_SUBSTITUTES),
])

function asciiSpanish(text: string): Remark[] {
  const plain = maskAddresses(text)
  return [...plain.matchAll(/(?<![\p{L}\p{N}])\p{L}+(?![\p{L}\p{N}])/gu)].flatMap((match) => {
    const word = match[0].toLowerCase()
    const verb = VERBS_TOO.has(word) && VERB_BEFORE.test(plain.slice(0, match.index))
    const remedy = verb ? undefined : accentedForm(word)
    if (remedy === undefined) return []
    return [{ offset: match.index, message: `ASCII Spanish "${match[0]}": write "${remedy}"` }]
  })
}

function accentedForm(word: string): string | undefined {
  const known = ASCII_FORMS.get(word)
  if (known !== undefined) return known
  const ending = ACCENTED_ENDINGS.find(([ascii]) => word.endsWith(ascii))
  return ending && word.slice(0, -ending[0].length) + ending[1]
}

/** A question or an exclamation without its opening mark since the last closing one. */
function missingOpeners(text: string): Remark[] {
  const plain = maskAddresses(text)
  return (['¿?', '¡!'] as const).flatMap(([opener = '', closer = '']) => {
    const remarks: Remark[] = []
    let since = 0
    for (let at = plain.indexOf(closer); at !== -1; at = plain.indexOf(closer, at + 1)) {
      const sentence = plain.slice(since, at + 1).trim()
      if (!sentence.includes(opener)) {
        const message = `"${closer}" without "${opener}" (${excerpt(sentence)}): open it with "${opener}"`
        remarks.push({ offset: at, message })
      }
      since = at + 1
    }
    return remarks
  })
}

function refusedTerms(text: string, language: Language): Remark[] {
  const plain = maskAddresses(text)
  return TERMS[language].flatMap(({ preferred, refused }) =>
    refused.flatMap((spelling) => {
      const onlyCase = spelling.toLowerCase() === preferred.toLowerCase()
      return [...plain.matchAll(termPattern(spelling, onlyCase))].map((match) => {
        const remedy = preferred.replace('*', match[1] ?? '')
        return { offset: match.index, message: `"${match[0]}": write "${remedy}", as elsewhere` }
      })
    }),
  )
}

function termPattern(spelling: string, sameCase: boolean): RegExp {
  const body = spelling.replace(/[.$]/g, '\\$&').replace('*', '(\\p{L}*)')
  return new RegExp(`(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])`, sameCase ? 'gu' : 'giu')
}

/** Replaces code, links and addresses, whose spelling is fixed, by spaces, so that offsets stay. */
function maskAddresses(text: string): string {
  return text.replace(
    /`[^`]*`|\]\([^)]*\)|\S+:\/\/\S+|\S+@\S+|(?:[\p{L}\p{N}-]+\.)+(?:com|gob|mx|org|net|io|html?|pdf)(?![\p{L}\p{N}])\S*/gu,
    (address) => ' '.repeat(address.length),
  )
}

/** The text of a guide by leaf, and what holds a digit without a source of its own. */
function readGuide(file: GuideFile) {
  const { meta, body, bodyLine, lineOf } = parseFrontMatter(file)
  const { text, marks, bodyOffsetOf } = toCanonical(body)
  const lineAtOffset = (offset: number) => lineAt(body, bodyOffsetOf(offset)) + bodyLine - 1
  const prose: Prose[] = []
  const field = (path: readonly (string | number)[], value: string) =>
    prose.push({ kind: 'field', text: value, lineOf: () => lineOf(path) })
  const { bestFor, helpsYouDo, coreQuestions, facts } = meta.quickScan
  field(['title'], meta.title)
  field(['description'], meta.description)
  for (const [i, chip] of meta.chips.entries()) field(['chips', i], chip)
  field(['quickScan', 'bestFor'], bestFor)
  field(['quickScan', 'helpsYouDo'], helpsYouDo)
  for (const [i, asked] of coreQuestions.entries()) field(['quickScan', 'coreQuestions', i], asked)
  for (const [i, fact] of facts.entries()) field(['quickScan', 'facts', i], fact.label)
  if (meta.fixFirst) field(['fixFirst'], meta.fixFirst.why)
  for (const [i, source] of meta.sources.entries()) field(['sources', i], source.usedFor)

  visit(parseMarkdown(text), (node) => {
    const kind = node.type === 'tableCell' ? 'cell' : node.type
    if (kind !== 'heading' && kind !== 'paragraph' && kind !== 'cell') return
    const span = spanOf(node)
    const at = (offset: number) => lineAtOffset(span.start + offset)
    prose.push({ kind, text: sliceSpan(text, span), lineOf: at })
  })
  const unsourced = toBlocks(text, marks).blocks.flatMap((block) =>
    block.parts
      // A table's header row needs no mark: it names what its rows, which have marks, contain.
      .slice(block.kind === 'table' ? 1 : 0)
      .filter((part) => part.sourceIds.length === 0 && /\d/.test(sliceSpan(text, part.span)))
      .map(({ span }) => ({
        line: lineAtOffset(span.start),
        message: `number without a source (${excerpt(sliceSpan(text, span))}): end the block with the mark of the source that states it`,
      })),
  )
  return { prose, unsourced, language: meta.language }
}

/** Counts words as people do: anything between spaces that contains a letter or a digit. */
function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

function excerpt(text: string): string {
  const start = text.split(/\s+/).filter(Boolean).slice(0, 6).join(' ')
  return `"${start}${start.length < text.trim().length ? ' …' : ''}"`
}

function withoutAccents(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '')
}
