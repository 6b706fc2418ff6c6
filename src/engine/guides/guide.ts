/** One guide file in, one checked guide out. */
import { RetrievalError } from '../core/errors.ts'
import { type Block, type Guide, type GuideFact, SILENT_BLOCKS } from '../core/guide.ts'
import { sha256Hex } from '../core/hash.ts'
import type { Source } from '../core/source.ts'
import { lineAt, type Span, sliceSpan } from '../core/span.ts'
import { partsWithin, toBlocks } from './blocks.ts'
import { toCanonical } from './canonical.ts'
import {
  type FrontMatterResult,
  type GuideFile,
  guideFault,
  parseFrontMatter,
} from './front-matter.ts'
import { parseMarkdown, spanOf, visit } from './markdown.ts'
import { toSections } from './sections.ts'

/** Part of the index fingerprint: raise it when the same file would give another guide. */
export const PARSER_VERSION = 1

export type SourceTable = ReadonlyMap<string, Source>

/** Parses and checks one guide; throws `guide_invalid` with every fault as `path:line: field: what and remedy`. */
export async function parseGuide(file: GuideFile, sources: SourceTable): Promise<Guide> {
  const front = parseFrontMatter(file)
  const canonical = toCanonical(front.body)
  const { blocks, strayMarks } = toBlocks(canonical.text, canonical.marks)
  const bodyLineOf = (offset: number) => lineAt(front.body, offset) + front.bodyLine - 1
  const textLineOf = (span: Span) => bodyLineOf(canonical.bodyOffsetOf(span.start))
  const faults: string[] = []
  const fault = (line: number, message: string) =>
    faults.push(guideFault(file.path, line, message).message)

  for (const mark of canonical.marks) {
    if (!sources.has(mark.sourceId)) {
      fault(
        bodyLineOf(mark.bodyOffset),
        `source mark [^${mark.sourceId}] is not in sources.yaml: add the source or mend the mark`,
      )
    }
  }
  for (const mark of strayMarks) {
    fault(
      bodyLineOf(mark.bodyOffset),
      `source mark [^${mark.sourceId}] stands in a heading or alone: put it at the end of a paragraph, list item or table row`,
    )
  }
  checkBlocks(canonical.text, blocks, (span, message) => fault(textLineOf(span), message))
  const sections = toSections(blocks, front.meta.anchors)
  for (const section of sections) {
    const spoken = section.blocks.find((block) => !SILENT_BLOCKS.has(block.kind))
    if (spoken && section.sourceIds.length === 0) {
      fault(
        textLineOf((section.blocks[0] ?? spoken).span),
        `section "${section.headingPath.join(' > ') || 'lead'}" has no source: add a mark to a block of it`,
      )
    }
  }
  checkAnchors(front, blocks, fault)
  checkDeclaredSources(front, new Set(canonical.marks.map((mark) => mark.sourceId)), sources, fault)
  for (const [index, fact] of front.meta.quickScan.facts.entries()) {
    const problem = factProblem(fact, canonical.text, blocks)
    if (problem)
      fault(
        front.lineOf(['quickScan', 'facts', index]),
        `quickScan.facts.${index} (${fact.key}): ${problem}`,
      )
  }
  if (faults.length > 0) {
    throw new RetrievalError('guide_invalid', faults.join('\n'), { details: { path: file.path } })
  }
  return {
    meta: front.meta,
    text: canonical.text,
    sha256: await sha256Hex(canonical.text),
    sections,
  }
}

type Fault = (line: number, message: string) => void

function checkBlocks(
  text: string,
  blocks: readonly Block[],
  fault: (span: Span, message: string) => void,
): void {
  visit(parseMarkdown(text), (node) => {
    if (node.type === 'html')
      fault(spanOf(node), 'HTML in the body: guides are plain Markdown, write it without tags')
  })
  for (const block of blocks) {
    if (block.kind === 'heading' && block.depth === 1) {
      fault(
        block.span,
        `heading "${block.title}" is of level 1: the title stands in the front matter, begin with ##`,
      )
    }
  }
}

function checkAnchors(front: FrontMatterResult, blocks: readonly Block[], fault: Fault): void {
  const titles = new Set(blocks.map((block) => block.title))
  for (const title of Object.keys(front.meta.anchors)) {
    if (!titles.has(title)) {
      fault(
        front.lineOf(['anchors', title]),
        `anchors: no heading reads "${title}": mend or remove the entry`,
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
      fault(line, `sources.${index}: ${id} marks no block: mark what it was used for or remove it`)
  }
  for (const id of marked) {
    if (known.has(id) && !declared.has(id)) {
      fault(
        front.lineOf(['sources']),
        `sources: [^${id}] is marked in the body but not listed with what it was used for`,
      )
    }
  }
}

/** The part of the text a fact's quote stands in; undefined when it is not exactly one part with the fact's source. */
function factProblem(fact: GuideFact, text: string, blocks: readonly Block[]): string | undefined {
  if (!fact.quote.includes(fact.value)) {
    return `its value "${fact.value}" is not in its quote: both are copied from the text, character for character`
  }
  const parts = partsWithin(blocks, { start: 0, end: text.length })
  const holding = parts.filter((part) => sliceSpan(text, part.span).includes(fact.quote))
  if (holding.length !== 1) {
    const where = holding.length === 0 ? 'no block' : `${holding.length} blocks`
    return `its quote "${fact.quote}" stands in ${where} of the text: it must stand in exactly one paragraph, list item or table row`
  }
  if (!holding[0]?.sourceIds.includes(fact.source)) {
    return `the block of its quote does not carry its source [^${fact.source}]`
  }
  return undefined
}
