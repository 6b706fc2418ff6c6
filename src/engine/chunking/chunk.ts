/** Cuts a guide's blocks into passages under a token budget; every passage is a slice of the guide's text. */
import type { CountTokens } from '../core/embedder.ts'
import { type Block, type Guide, type Section, SILENT_BLOCKS } from '../core/guide.ts'
import { sha256Hex } from '../core/hash.ts'
import { contextOf, type PassageSlice } from '../core/passage.ts'
import { overlapLength, type Span, sliceSpan } from '../core/span.ts'

export type ChunkBudget = {
  /** Blocks are joined while the passage has at most this many tokens. */
  readonly aimMax: number
  /** A passage with fewer takes the next block anyway, up to `max`. */
  readonly aimMin: number
  /** Hard limit of the slice, in model tokens. */
  readonly max: number
}

/**
 * In model tokens. A passage of 60 to 160 tokens holds one statement with its conditions; 220 leaves room for the
 * heading path in the model's window.
 */
export const DEFAULT_BUDGET: ChunkBudget = { aimMin: 60, aimMax: 160, max: 220 }

/** Part of the index fingerprint: raise it when a change cuts the same guide differently. */
export const CHUNKER_VERSION = 1

/** Cuts one over-long text into consecutive spans of at most `maxTokens`, at sentence ends where it can. */
export type SplitText = (text: string, maxTokens: number) => Promise<Span[]>

export type ChunkingDeps = {
  readonly countTokens: CountTokens
  readonly splitText: SplitText
  readonly budget?: ChunkBudget
}

/** A slice that may become a passage, or part of one. */
type Unit = Span & {
  readonly joinable: boolean
  /** The table's header row, where the slice begins below it. */
  readonly tableHeader?: string
}

/** One passage of a section, by its span. */
export type Cut = {
  readonly span: Span
  readonly section: Section
  /** The table's header row, where the table was cut above this span. */
  readonly tableHeader?: string
}

/** Cuts the sections of a canonical text, in order. */
export async function chunkSections(
  text: string,
  sections: readonly Section[],
  deps: ChunkingDeps,
): Promise<Cut[]> {
  const cuts: Cut[] = []
  for (const section of sections) {
    for (const { start, end, tableHeader } of await chunkSection(text, section, deps)) {
      cuts.push({ span: { start, end }, section, tableHeader })
    }
  }
  return cuts
}

export async function chunkGuide(guide: Guide, deps: ChunkingDeps): Promise<PassageSlice[]> {
  const slices: PassageSlice[] = []
  const ids = new Set<string>()
  for (const cut of await chunkSections(guide.text, guide.sections, deps)) {
    const slice = await toSlice(guide, cut, deps.countTokens)
    let id = slice.id
    for (let n = 2; ids.has(id); n++) id = `${slice.id}-${n}`
    ids.add(id)
    slices.push({ ...slice, id })
  }
  return slices
}

async function toSlice(guide: Guide, cut: Cut, countTokens: CountTokens): Promise<PassageSlice> {
  const { meta } = guide
  const { span, section } = cut
  const text = sliceSpan(guide.text, span)
  const own = section.blocks
    .flatMap((block) => block.parts)
    .filter((part) => overlapLength(part.span, span) > 0)
    .flatMap((part) => part.sourceIds)
  const sourceIds = own.length > 0 ? [...new Set(own)] : section.sourceIds
  return {
    id: `${meta.id}.${meta.language}.${section.anchor}.${(await sha256Hex(text)).slice(0, 6)}`,
    guideId: meta.id,
    language: meta.language,
    anchor: section.anchor,
    headingPath: [...section.headingPath],
    start: span.start,
    end: span.end,
    text,
    tokens: countTokens(text),
    context: contextOf(meta.title, section.headingPath, cut.tableHeader),
    sources: sourceIds.map((id) => ({ id, inherited: own.length === 0 })),
  }
}

async function chunkSection(text: string, section: Section, deps: ChunkingDeps): Promise<Unit[]> {
  const budget = deps.budget ?? DEFAULT_BUDGET
  const count = (span: Span) => deps.countTokens(sliceSpan(text, span))
  const units: Unit[] = []
  for (const block of section.blocks) {
    if (SILENT_BLOCKS.has(block.kind)) continue
    units.push(...(await toUnits(text, block, budget, deps)))
  }
  const joined: Unit[] = []
  for (const unit of units) {
    const last = joined.at(-1)
    if (last?.joinable && unit.joinable) {
      const both = { start: last.start, end: unit.end }
      const tokens = count(both)
      // A paragraph that ends in a colon introduces the next block and stays with it.
      const introduces = sliceSpan(text, last).trimEnd().endsWith(':')
      const wanted = tokens <= budget.aimMax || introduces || count(last) < budget.aimMin
      if (wanted && tokens <= budget.max) {
        joined[joined.length - 1] = { ...last, ...both }
        continue
      }
    }
    joined.push(unit)
  }
  return joined
}

/**
 * A block that fits stays whole. Otherwise lists are cut between items, tables between rows, and other blocks between
 * sentences.
 */
async function toUnits(
  text: string,
  block: Block,
  budget: ChunkBudget,
  deps: ChunkingDeps,
): Promise<Unit[]> {
  const count = (span: Span) => deps.countTokens(sliceSpan(text, span))
  if (count(block.span) <= budget.max) return [{ ...block.span, joinable: true }]
  if (block.kind === 'table' || block.kind === 'list') {
    return splitParts(text, block, budget, deps)
  }
  return splitSpan(text, block.span, budget.max, deps)
}

async function splitParts(
  text: string,
  block: Block,
  budget: ChunkBudget,
  deps: ChunkingDeps,
): Promise<Unit[]> {
  const isTable = block.kind === 'table'
  const header = isTable ? block.parts[0] : undefined
  const tableHeader = header && sliceSpan(text, header.span)
  const groups: Span[] = []
  for (const [index, part] of block.parts.entries()) {
    const last = groups.at(-1)
    // A table's header row and delimiter line stay with the first row below them; without any row they stay together.
    const span = {
      start: index === 0 ? block.span.start : part.span.start,
      end: index === block.parts.length - 1 ? block.span.end : part.span.end,
    }
    const both = last && { start: last.start, end: span.end }
    const fits = both && deps.countTokens(sliceSpan(text, both)) <= budget.aimMax
    if (both && (fits || (isTable && index === 1))) groups[groups.length - 1] = both
    else groups.push(span)
  }
  const units: Unit[] = []
  for (const group of groups) {
    const below = isTable && group.start > block.span.start
    const pieces = await splitSpan(text, group, budget.max, deps)
    units.push(...pieces.map((piece) => (below && tableHeader ? { ...piece, tableHeader } : piece)))
  }
  return units
}

async function splitSpan(
  text: string,
  span: Span,
  maxTokens: number,
  deps: ChunkingDeps,
): Promise<Unit[]> {
  const slice = sliceSpan(text, span)
  if (deps.countTokens(slice) <= maxTokens) return [{ ...span, joinable: false }]
  const pieces = await deps.splitText(slice, maxTokens)
  return pieces.map((piece) => ({
    start: span.start + piece.start,
    end: span.start + piece.end,
    joinable: false,
  }))
}
