/** Runs of words that guides share with another text, outside names, titles, addresses and fixed terms. */
import { z } from 'zod'
import { lineAt, sliceSpan } from '../core/span.ts'
import { toBlocks } from './blocks.ts'
import { toCanonical } from './canonical.ts'
import { type GuideFile, normalizeText, parseFrontMatter, parseYaml } from './front-matter.ts'

/** Words in a row that count as another's wording. */
export const RUN_WORDS = 5

const termSchema = z.string().trim().min(1)

/** What every text on the matter has to write the same way, by why it has to. */
const fixedTermsSchema = z.strictObject({
  names: z.array(termSchema),
  titles: z.array(termSchema),
  addresses: z.array(termSchema),
  laws: z.array(termSchema),
  terms: z.array(termSchema),
})

/** Words of the fixed terms, longest first, so that a term wins over a term inside it. */
export type FixedTerms = readonly (readonly string[])[]

/** Words that stand in a row in one paragraph, list item, table row, heading or front matter line. */
type Segment = readonly Word[]
type Word = { readonly text: string; readonly line: number }

export type SharedRun = {
  readonly path: string
  readonly line: number
  /** Runs that overlap are one run, so there may be more than `RUN_WORDS`. */
  readonly words: string
}

/** An address, a code or number with its separators, or a word; an address is one word. */
const WORD = /[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+(?:\/[\p{L}\p{N}/_-]*)?|\p{N}+(?:[.,:]\p{N}+)*|\p{L}+(?:['’]\p{L}+)*/gu

export function parseFixedTerms(file: GuideFile): FixedTerms {
  const { value } = parseYaml(file.path, normalizeText(file.content), fixedTermsSchema)
  const terms = Object.values(value)
    .flat()
    .map((term) => toWords(term, () => 0).map((word) => word.text))
  return terms.sort((a, b) => b.length - a.length)
}

/** Every run of five words that stands in a guide as it stands in the other text, in the order of the guides. */
export function findSharedRuns(
  guides: readonly GuideFile[],
  other: string,
  fixedTerms: FixedTerms,
): SharedRun[] {
  const taken = new Set<string>()
  for (const segment of textSegments(normalizeText(other))) {
    const words = withoutTerms(segment, fixedTerms)
    for (let i = 0; i + RUN_WORDS <= words.length; i++) {
      const run = runAt(words, i)
      if (run) taken.add(run)
    }
  }
  return guides.flatMap((file) =>
    guideSegments(file).flatMap((segment) =>
      runsIn(withoutTerms(segment, fixedTerms), taken).map((run) => ({ path: file.path, ...run })),
    ),
  )
}

/** The runs of one segment, those that overlap joined. */
function runsIn(
  words: readonly (Word | undefined)[],
  taken: ReadonlySet<string>,
): { line: number; words: string }[] {
  const found: { start: number; end: number }[] = []
  for (let i = 0; i + RUN_WORDS <= words.length; i++) {
    const run = runAt(words, i)
    if (!run || !taken.has(run)) continue
    const last = found.at(-1)
    if (last && i <= last.end) last.end = i + RUN_WORDS
    else found.push({ start: i, end: i + RUN_WORDS })
  }
  return found.map(({ start, end }) => ({
    line: words[start]?.line ?? 1,
    words: words
      .slice(start, end)
      .map((word) => word?.text)
      .join(' '),
  }))
}

function runAt(words: readonly (Word | undefined)[], start: number): string | undefined {
  const run = words.slice(start, start + RUN_WORDS)
  if (run.includes(undefined)) return undefined
  return run.map((word) => word?.text).join(' ')
}

/** A fixed term becomes a gap that no run crosses. */
function withoutTerms(segment: Segment, fixedTerms: FixedTerms): (Word | undefined)[] {
  const words: (Word | undefined)[] = []
  for (let i = 0; i < segment.length; ) {
    const term = fixedTerms.find((candidate) =>
      candidate.every((text, offset) => segment[i + offset]?.text === text),
    )
    words.push(term ? undefined : segment[i])
    i += term ? Math.max(1, term.length) : 1
  }
  return words
}

function guideSegments(file: GuideFile): Segment[] {
  const front = parseFrontMatter(file)
  const canonical = toCanonical(front.body)
  const head = normalizeText(file.content)
    .split('\n')
    .slice(0, front.bodyLine - 1)
  return [
    ...head.map((text, index) => toWords(text, () => index + 1)),
    ...textSegments(
      canonical.text,
      (offset) => lineAt(front.body, canonical.bodyOffsetOf(offset)) + front.bodyLine - 1,
    ),
  ]
}

function textSegments(
  text: string,
  lineOf: (offset: number) => number = (offset) => lineAt(text, offset),
): Segment[] {
  const { blocks } = toBlocks(text)
  const spans = blocks.flatMap((block) =>
    block.kind === 'heading' ? [block.span] : block.parts.map((part) => part.span),
  )
  return spans.map((span) =>
    toWords(sliceSpan(text, span), (offset) => lineOf(span.start + offset)),
  )
}

function toWords(text: string, lineOf: (offset: number) => number): Word[] {
  return [...text.matchAll(WORD)].map((match) => ({
    text: match[0].toLowerCase(),
    line: lineOf(match.index),
  }))
}
