/** Finds runs of words that guides share with another text, apart from names, titles, addresses and fixed terms. */
import * as z from 'zod'
import { lineAt, sliceSpan } from '../../src/engine/core/span.ts'
import { toBlocks } from '../../src/engine/guides/blocks.ts'
import { toCanonical } from '../../src/engine/guides/canonical.ts'
import {
  type GuideFile,
  normalizeText,
  parseFrontMatter,
  parseYaml,
} from '../../src/engine/guides/front-matter.ts'
import { parseMarkdown } from '../../src/engine/guides/markdown.ts'

/** This many consecutive words in common count as copied wording. */
const RUN_WORDS = 5

const termSchema = z.string().trim().min(1)

/** Terms that every text on the subject has to write the same way, grouped by reason. */
const fixedTermsSchema = z.strictObject({
  names: z.array(termSchema),
  titles: z.array(termSchema),
  addresses: z.array(termSchema),
  laws: z.array(termSchema),
  terms: z.array(termSchema),
})

/** Words of the fixed terms, longest first, so that a term wins over a term inside it. */
export type FixedTerms = readonly (readonly string[])[]

/** Words in a row of one paragraph, list item, table row, heading or front matter line. */
type Segment = { readonly words: readonly Word[]; readonly lineOf: (offset: number) => number }
type Word = { readonly text: string; readonly offset: number }

export type SharedRun = {
  readonly path: string
  readonly line: number
  /** Runs that overlap are one run, so there may be more than `RUN_WORDS`. */
  readonly words: string
}

/** What counts as one word: an address, a code such as IMSS-02-012, a number with its separators, a word. */
const WORD =
  /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:\/[\p{L}\p{N}/_-]*)?|\p{L}+(?:-\p{N}+)+(?:-\p{L}+)?|\p{N}+(?:[.,:]\p{N}+)*\p{L}*|\p{L}+(?:['’]\p{L}+)*/gu

export function parseFixedTerms(file: GuideFile): FixedTerms {
  const { value } = parseYaml(file.path, normalizeText(file.content), fixedTermsSchema)
  const terms = Object.values(value)
    .flat()
    .map((term) => toWords(term).map((word) => word.text))
  return terms.filter((term) => term.length > 0).sort((a, b) => b.length - a.length)
}

/** Every run of five or more words that a guide and the other text share, in the order of the guides. */
export function findSharedRuns(
  guides: readonly GuideFile[],
  other: string,
  fixedTerms: FixedTerms,
): SharedRun[] {
  const taken = new Set(
    markdownSegments(normalizeText(other)).flatMap(({ words }) =>
      runsOf(joinTerms(words, fixedTerms)),
    ),
  )
  return guides.flatMap((file) =>
    guideSegments(file).flatMap(({ words, lineOf }) =>
      runsIn(joinTerms(words, fixedTerms), taken).map((run) => ({
        path: file.path,
        line: lineOf(run[0]?.offset ?? 0),
        words: textOf(run),
      })),
    ),
  )
}

/** The runs of one segment that are in `taken`; runs that overlap or touch are merged. */
function runsIn(words: readonly Word[], taken: ReadonlySet<string>): Word[][] {
  const found: { start: number; end: number }[] = []
  for (const [start, run] of runsOf(words).entries()) {
    if (!taken.has(run)) continue
    const last = found.at(-1)
    if (last && start <= last.end) last.end = start + RUN_WORDS
    else found.push({ start, end: start + RUN_WORDS })
  }
  return found.map(({ start, end }) => words.slice(start, end))
}

/** The run that begins at each word, as long as there are enough words left. */
function runsOf(words: readonly Word[]): string[] {
  const count = Math.max(0, words.length - RUN_WORDS + 1)
  return Array.from({ length: count }, (_, start) => textOf(words.slice(start, start + RUN_WORDS)))
}

function textOf(words: readonly Word[]): string {
  return words.map((word) => word.text).join(' ')
}

/** A fixed term counts as one word, so that a name alone is not copied wording, but the sentence around it can be. */
function joinTerms(words: readonly Word[], fixedTerms: FixedTerms): Word[] {
  const joined: Word[] = []
  for (let i = 0; i < words.length; ) {
    const term = fixedTerms.find((texts) => texts.every((text, n) => words[i + n]?.text === text))
    const taken = words.slice(i, i + (term?.length ?? 1))
    joined.push({ text: textOf(taken), offset: taken[0]?.offset ?? 0 })
    i += taken.length
  }
  return joined
}

/** The front matter line by line, then the body without its source marks. */
function guideSegments(file: GuideFile): Segment[] {
  const { body, bodyLine } = parseFrontMatter(file)
  const { text, bodyOffsetOf } = toCanonical(body)
  const head = normalizeText(file.content).split('\n', bodyLine - 1)
  return [
    ...head.map((line, index) => ({ words: toWords(line), lineOf: () => index + 1 })),
    ...markdownSegments(text, (offset) => lineAt(body, bodyOffsetOf(offset)) + bodyLine - 1),
  ]
}

function markdownSegments(
  text: string,
  lineOf: (offset: number) => number = (offset) => lineAt(text, offset),
): Segment[] {
  const spans = toBlocks(parseMarkdown(text)).blocks.flatMap((block) =>
    block.kind === 'heading' ? [block.span] : block.parts.map((part) => part.span),
  )
  return spans.map((span) => ({
    words: toWords(sliceSpan(text, span)),
    lineOf: (offset) => lineOf(span.start + offset),
  }))
}

function toWords(text: string): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    text: match[0].toLowerCase(),
    offset: match.index,
  }))
}
