/** Finds wording that readers or assistants cannot find, quote alone or check; each finding names file, line and remedy. */
import { fold } from '../../src/engine/core/fold.ts'
import { createSentenceSplitter, type SplitSentences } from '../../src/engine/core/sentences.ts'
import { lineAt, sliceSpan } from '../../src/engine/core/span.ts'
import { toBlocks } from '../../src/engine/guides/blocks.ts'
import { toCanonical } from '../../src/engine/guides/canonical.ts'
import { type GuideFile, parseFrontMatter } from '../../src/engine/guides/front-matter.ts'
import { parseMarkdown, spanOf, visit } from '../../src/engine/guides/markdown.ts'
import {
  type AccentRules,
  type LanguageProfiles,
  type LintWords,
  profileOf,
} from '../../src/engine/languages/profile.ts'
import { MAX_PARAGRAPH_WORDS, MAX_SENTENCE_WORDS, NAMES } from './lint-words.ts'

export type Finding = {
  readonly path: string
  readonly line: number
  /** What is wrong and how to fix it. */
  readonly message: string
}

/** A heading, paragraph, table cell or front matter value, and the file's line of an offset in it. */
type Prose = {
  readonly kind: 'heading' | 'paragraph' | 'cell' | 'field'
  readonly text: string
  readonly lineOf: (offset: number) => number
}
type Remark = { readonly offset: number; readonly message: string }

export type LintLanguages = LanguageProfiles<'lint' | 'sentences' | 'nameIn'>

/** What remarks are made by: the words of the guide's language, its name in English, and where sentences end. */
type Rules = LintWords & { readonly name: string; readonly toSentences: SplitSentences }

/** All findings of one guide by line. Throws `guide_invalid` when its front matter cannot be read. */
export function lintGuide(file: GuideFile, languages: LintLanguages): Finding[] {
  const { prose, unsourced, language } = readGuide(file)
  const { lint, nameIn } = profileOf(languages, language)
  const toSentences = createSentenceSplitter(languages)
  const rules: Rules = { ...lint, name: nameIn.en ?? language, toSentences }
  const findings = prose.flatMap((one) =>
    remarksOn(one, rules).map(({ offset, message }) => ({
      path: file.path,
      line: one.lineOf(offset),
      message,
    })),
  )
  findings.push(...unsourced.map((finding) => ({ path: file.path, ...finding })))
  return findings.sort((a, b) => a.line - b.line)
}

function remarksOn(prose: Prose, rules: Rules): Remark[] {
  const remarks = [...refusedTerms(prose.text, rules)]
  if (rules.accents) remarks.push(...missingAccents(prose.text, rules.accents, rules.name))
  remarks.push(...missingOpeners(prose.text, rules))
  if (prose.kind === 'heading') return [...remarks, ...emptyHeading(prose.text, rules)]
  remarks.push(...longSentences(prose.text, rules))
  if (prose.kind !== 'paragraph') return remarks
  return [...remarks, ...longParagraph(prose.text), ...leaningOpening(prose.text, rules)]
}

function longSentences(text: string, { toSentences }: Rules): Remark[] {
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

function emptyHeading(text: string, { emptyHeadingWords }: Rules): Remark[] {
  const title = text.replace(/^[#\s]+/, '').trim()
  const words = title.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  if (words.some((word) => !emptyHeadingWords.includes(word))) return []
  const message = `heading "${title}" is not findable: name what the section is about, as a reader would search for it`
  return [{ offset: 0, message }]
}

/** A list mark, a check box, emphasis and quotation marks before the first word. */
const BEFORE_FIRST_WORD = /^(?:[-+*\s>"“«(_[\]]|\[x\])+/i

function leaningOpening(text: string, { leaningOpenings }: Rules): Remark[] {
  const opening = text.replace(BEFORE_FIRST_WORD, '')
  if (!leaningOpenings.some((pattern) => pattern.test(opening))) return []
  const message = `block cannot stand alone (${excerpt(opening)}): begin with its subject, so that it can be quoted by itself`
  return [{ offset: 0, message }]
}

function missingAccents(text: string, rules: AccentRules, language: string): Remark[] {
  const plain = maskAddresses(text)
  const { words, before } = rules.verbs
  const accented = toAccentedForms(rules)
  return [...plain.matchAll(/(?<![\p{L}\p{N}])\p{L}+(?![\p{L}\p{N}])/gu)].flatMap((match) => {
    const word = match[0].toLowerCase()
    const isVerb = words.includes(word) && before.test(plain.slice(0, match.index))
    const remedy = isVerb ? undefined : accented(word)
    if (remedy === undefined) return []
    return [{ offset: match.index, message: `ASCII ${language} "${match[0]}": write "${remedy}"` }]
  })
}

/** The right spelling of an unaccented word; undefined when it is right as it is. */
function toAccentedForms(rules: AccentRules): (word: string) => string | undefined {
  const known = new Map([
    ...rules.words
      .map((word) => [fold(word), word] as const)
      .filter(([ascii]) => !rules.exceptions.includes(ascii)),
    ...Object.entries(rules.substitutes),
  ])
  return (word) => {
    const ending = rules.endings.find(([ascii]) => word.endsWith(ascii))
    return known.get(word) ?? (ending && word.slice(0, -ending[0].length) + ending[1])
  }
}

/** A question or an exclamation without its opening mark since the last closing one. */
function missingOpeners(text: string, { pairedMarks = [] }: Rules): Remark[] {
  const plain = maskAddresses(text)
  return pairedMarks.flatMap(([opener, closer]) => {
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

function refusedTerms(text: string, { terms }: Rules): Remark[] {
  const plain = maskAddresses(text)
  return [...NAMES, ...terms].flatMap(({ preferred, refused }) =>
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
  const tree = parseMarkdown(text)
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
  for (const [i, { question }] of coreQuestions.entries())
    field(['quickScan', 'coreQuestions', i], question)
  for (const [i, fact] of facts.entries()) field(['quickScan', 'facts', i], fact.label)
  if (meta.fixFirst) field(['fixFirst'], meta.fixFirst.why)
  for (const [i, source] of meta.sources.entries()) field(['sources', i], source.usedFor)

  visit(tree, (node) => {
    const kind = node.type === 'tableCell' ? 'cell' : node.type
    if (kind !== 'heading' && kind !== 'paragraph' && kind !== 'cell') return
    const span = spanOf(node)
    const at = (offset: number) => lineAtOffset(span.start + offset)
    prose.push({ kind, text: sliceSpan(text, span), lineOf: at })
  })
  const unsourced = toBlocks(tree, marks).blocks.flatMap((block) =>
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
