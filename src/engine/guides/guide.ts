/** Parses and checks one guide file. */
import type { Root } from 'mdast'
import { RetrievalError } from '../core/errors.ts'
import {
  type Block,
  type Guide,
  type GuideFact,
  type Section,
  SILENT_BLOCKS,
} from '../core/guide.ts'
import { sha256Hex } from '../core/hash.ts'
import type { Source } from '../core/source.ts'
import { lineAt, type Span, sliceSpan } from '../core/span.ts'
import { partsWithin, toBlocks } from './blocks.ts'
import { type SourceMark, toCanonical } from './canonical.ts'
import {
  type FrontMatterResult,
  type GuideFile,
  guideFault,
  type LineOf,
  parseFrontMatter,
} from './front-matter.ts'
import { parseMarkdown, spanOf, visit } from './markdown.ts'
import { toSections } from './sections.ts'

/** Part of the index fingerprint: raise it when the same file would be parsed to a different guide. */
export const PARSER_VERSION = 1

export type SourceTable = ReadonlyMap<string, Source>

/** A guide with the results of parsing its file, so that later steps need not parse it again. */
export type ParsedGuide = {
  readonly guide: Guide
  readonly lineOf: LineOf
  /** The syntax tree of the guide's text. */
  readonly tree: () => Root
}

/** Parses and checks one guide. Throws `guide_invalid` with every fault as `path:line: field: what is wrong and what to do`. */
export async function parseGuide(file: GuideFile, sources: SourceTable): Promise<ParsedGuide> {
  const front = parseFrontMatter(file)
  const canonical = toCanonical(front.body)
  const tree = parseMarkdown(canonical.text)
  const { blocks, strayMarks } = toBlocks(tree, canonical.marks)
  const sections = toSections(blocks, front.meta.anchors)

  const bodyLineOf = (offset: number) => lineAt(front.body, offset) + front.bodyLine - 1
  const textLineOf = (span: Span) => bodyLineOf(canonical.bodyOffsetOf(span.start))
  const faults: string[] = []
  const fault: Fault = (line, message) => faults.push(guideFault(file.path, line, message).message)
  const textFault: TextFault = (span, message) => fault(textLineOf(span), message)

  checkMarks(canonical.marks, strayMarks, sources, (mark, message) =>
    fault(bodyLineOf(mark.bodyOffset), message),
  )
  checkBlocks(tree, blocks, textFault)
  checkSections(sections, textFault)
  checkAnchors(front, blocks, fault)
  checkAnswers(front, sections, fault)
  checkDeclaredSources(front, new Set(canonical.marks.map((mark) => mark.sourceId)), sources, fault)
  checkFacts(front, canonical.text, blocks, fault)
  if (faults.length > 0) {
    throw new RetrievalError('guide_invalid', faults.join('\n'), { details: { path: file.path } })
  }
  const guide: Guide = {
    meta: front.meta,
    text: canonical.text,
    sha256: await sha256Hex(canonical.text),
    sections,
  }
  return { guide, lineOf: front.lineOf, tree: () => tree }
}

/**
 * Wraps a guide that was parsed from the same bytes before: the file is parsed again only if a line or the tree is
 * asked for.
 */
export function fromEarlier(file: GuideFile, guide: Guide): ParsedGuide {
  let lineOf: LineOf | undefined
  let tree: Root | undefined
  return {
    guide,
    lineOf(field) {
      lineOf ??= parseFrontMatter(file).lineOf
      return lineOf(field)
    },
    tree() {
      tree ??= parseMarkdown(guide.text)
      return tree
    },
  }
}

type Fault = (line: number, message: string) => void
/** A fault at a span of the canonical text. */
type TextFault = (span: Span, message: string) => void

function checkMarks(
  marks: readonly SourceMark[],
  strayMarks: readonly SourceMark[],
  sources: SourceTable,
  fault: (mark: SourceMark, message: string) => void,
): void {
  for (const mark of marks) {
    if (!sources.has(mark.sourceId)) {
      fault(
        mark,
        `source mark [^${mark.sourceId}] is not in sources.yaml: add the source or correct the mark`,
      )
    }
  }
  for (const mark of strayMarks) {
    fault(
      mark,
      `source mark [^${mark.sourceId}] is in a heading or on its own: put it at the end of a paragraph, list item or table row`,
    )
  }
}

function checkBlocks(tree: Root, blocks: readonly Block[], fault: TextFault): void {
  visit(tree, (node) => {
    if (node.type === 'html')
      fault(spanOf(node), 'HTML in the body: guides are plain Markdown, so write it without tags')
  })
  for (const block of blocks) {
    if (block.kind === 'heading' && block.depth === 1) {
      fault(
        block.span,
        `heading "${block.title}" has level 1: the title is in the front matter, so begin with ##`,
      )
    }
  }
}

function checkSections(sections: readonly Section[], fault: TextFault): void {
  for (const section of sections) {
    const spoken = section.blocks.find((block) => !SILENT_BLOCKS.has(block.kind))
    if (spoken && section.sourceIds.length === 0) {
      fault(
        (section.blocks[0] ?? spoken).span,
        `section "${section.headingPath.join(' > ') || 'lead'}" has no source: add a source mark to one of its blocks`,
      )
    }
  }
}

/** The answer of a core question must be the anchor of a section. */
function checkAnswers(front: FrontMatterResult, sections: readonly Section[], fault: Fault): void {
  const anchors = new Set(sections.map((section) => section.anchor))
  for (const [i, { answer }] of front.meta.quickScan.coreQuestions.entries()) {
    if (answer === undefined || anchors.has(answer)) continue
    fault(
      front.lineOf(['quickScan', 'coreQuestions', i]),
      `quickScan.coreQuestions: no section has the anchor "${answer}": correct or remove the answer`,
    )
  }
}

function checkAnchors(front: FrontMatterResult, blocks: readonly Block[], fault: Fault): void {
  const titles = new Set(blocks.map((block) => block.title))
  for (const title of Object.keys(front.meta.anchors)) {
    if (!titles.has(title)) {
      fault(
        front.lineOf(['anchors', title]),
        `anchors: no heading has the text "${title}": correct or remove the entry`,
      )
    }
  }
}

function checkDeclaredSources(
  front: FrontMatterResult,
  marked: ReadonlySet<string>,
  known: SourceTable,
  fault: Fault,
): void {
  const declared = new Set(front.meta.sources.map((source) => source.id))
  for (const [index, { id }] of front.meta.sources.entries()) {
    const line = front.lineOf(['sources', index])
    if (!known.has(id)) fault(line, `sources.${index}: ${id} is not in sources.yaml`)
    if (!marked.has(id))
      fault(
        line,
        `sources.${index}: ${id} marks no block: mark the blocks that rest on it, or remove it`,
      )
  }
  for (const id of marked) {
    if (known.has(id) && !declared.has(id)) {
      fault(
        front.lineOf(['sources']),
        `sources: [^${id}] marks a block but is not listed: add it with usedFor`,
      )
    }
  }
}

function checkFacts(
  front: FrontMatterResult,
  text: string,
  blocks: readonly Block[],
  fault: Fault,
): void {
  for (const [index, fact] of front.meta.quickScan.facts.entries()) {
    const problem = factProblem(fact, text, blocks)
    if (problem)
      fault(
        front.lineOf(['quickScan', 'facts', index]),
        `quickScan.facts.${index} (${fact.key}): ${problem}`,
      )
  }
}

/**
 * What is wrong with a fact; undefined when exactly one part of the text contains its quote and that part is marked
 * with its source.
 */
function factProblem(fact: GuideFact, text: string, blocks: readonly Block[]): string | undefined {
  if (!fact.quote.includes(fact.value)) {
    return `its value "${fact.value}" is not in its quote: copy both from the text, character for character`
  }
  const parts = partsWithin(blocks, { start: 0, end: text.length })
  const holding = parts.filter((part) => sliceSpan(text, part.span).includes(fact.quote))
  if (holding.length !== 1) {
    const where = holding.length === 0 ? 'no block' : `${holding.length} blocks`
    return `its quote "${fact.quote}" is in ${where} of the text: it must be in exactly one paragraph, list item or table row`
  }
  if (!holding[0]?.sourceIds.includes(fact.source)) {
    return `the block that contains its quote is not marked with its source [^${fact.source}]`
  }
  return undefined
}
