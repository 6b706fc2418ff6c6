/** The stored form of an index, one format for all runtimes, and its conversion to guides and passages and back. */
import * as z from 'zod'
import {
  type Block,
  type BlockKind,
  frontMatterSchema,
  type Guide,
  guideKey,
  type Section,
  sectionSources,
} from './guide.ts'
import { languageCodeSchema } from './language.ts'
import { contextOf, type Passage } from './passage.ts'
import { textFragmentSchema } from './text-fragment.ts'

export const INDEX_FORMAT = 'nss-copilot-index/3'

const fileEntrySchema = z.strictObject({
  name: z.string(),
  bytes: z.number().int().nonnegative(),
  sha256: z.string(),
})
export type FileEntry = z.infer<typeof fileEntrySchema>

export const manifestSchema = z.strictObject({
  format: z.literal(INDEX_FORMAT),
  /** `sha256:` and a hash of corpus, sources and fingerprint; not of the vectors, which processors round differently. */
  id: z.string(),
  fingerprint: z.string(),
  model: z.string(),
  /** Fingerprint of the embedder that made the vectors; questions must be embedded by one with the same fingerprint. */
  embedder: z.string(),
  dimensions: z.number().int().positive(),
  guides: z.number().int().nonnegative(),
  passages: z.number().int().nonnegative(),
  files: z.strictObject({
    sources: fileEntrySchema,
    guides: fileEntrySchema,
    passages: fileEntrySchema,
    vectors: fileEntrySchema,
    means: fileEntrySchema,
    lexical: fileEntrySchema,
    /** Absent when the index was never calibrated. */
    answerability: fileEntrySchema.optional(),
  }),
  /** SHA-256 of the rest of the manifest as compact JSON. */
  checksum: z.string(),
})
export type Manifest = z.infer<typeof manifestSchema>

/** `means.json`: the mean vector of each language that has passages. Every number is a float32. */
export const storedMeansSchema = z.record(languageCodeSchema, z.array(z.number()))
export type StoredMeans = z.infer<typeof storedMeansSchema>

const pathIdSchema = z.strictObject({ id: z.string(), reason: z.string() })
const offset = z.number().int().nonnegative()

/** `[kind, start, end, parts, depth?, title?]`; a part is `[start, end, ...source ids]`. */
const storedBlockSchema = z.union([
  z.tuple([z.literal('heading'), offset, offset, z.tuple([]), z.number().int(), z.string()]),
  z.tuple([
    z.enum(['paragraph', 'list', 'table', 'quote', 'code', 'html', 'definition', 'rule']),
    offset,
    offset,
    z.array(z.tuple([offset, offset]).rest(z.string())),
  ]),
])
type StoredBlock = z.infer<typeof storedBlockSchema>

/** One line of `guides.jsonl`. */
export const storedGuideSchema = z.strictObject({
  /** SHA-256 of everything the guide is made from: its file, its expected questions, the source list, the fingerprint. */
  input: z.string(),
  meta: frontMatterSchema,
  text: z.string(),
  sha256: z.string(),
  sections: z.array(
    z.strictObject({
      anchor: z.string(),
      headingPath: z.array(z.string()),
      blocks: z.array(storedBlockSchema),
      /** The section's expected questions. */
      asked: z.array(z.string()),
    }),
  ),
  paths: z.strictObject({
    nextSteps: z.array(pathIdSchema),
    siblings: z.array(pathIdSchema),
    planning: z.array(pathIdSchema),
  }),
  /** Text fragments that scroll a browser to each fact's words on the guide's page, in the order of the facts. */
  factFragments: z.array(textFragmentSchema),
})
export type StoredGuide = z.infer<typeof storedGuideSchema>

/** A guide with its knowledge paths, the text fragments of its facts and a hash of its input. */
export type BuiltGuide = Guide & Pick<StoredGuide, 'input' | 'paths' | 'factFragments'>

export function toStoredGuide(guide: BuiltGuide): StoredGuide {
  const { input, meta, text, sha256, paths, factFragments } = guide
  const sections = guide.sections.map(({ anchor, headingPath, blocks, expectedQuestions }) => ({
    anchor,
    headingPath: [...headingPath],
    blocks: blocks.map(toStoredBlock),
    asked: [...expectedQuestions],
  }))
  return { input, meta, text, sha256, sections, paths, factFragments }
}

function toStoredBlock(block: Block): StoredBlock {
  const { start, end } = block.span
  if (block.kind === 'heading')
    return ['heading', start, end, [], block.depth ?? 2, block.title ?? '']
  const parts = block.parts.map((part): [number, number, ...string[]] => [
    part.span.start,
    part.span.end,
    ...part.sourceIds,
  ])
  return [block.kind, start, end, parts]
}

export function toBuiltGuide(stored: StoredGuide): BuiltGuide {
  const sections = stored.sections.map(({ anchor, headingPath, blocks: rows, asked }): Section => {
    const blocks = rows.map(toBlock)
    const sourceIds = sectionSources(blocks)
    return { anchor, headingPath, blocks, expectedQuestions: asked, sourceIds }
  })
  return { ...stored, sections }
}

function toBlock([kind, start, end, parts, depth, title]: StoredBlock): Block {
  const span = { start, end }
  if (kind === 'heading') return { kind, span, parts: [], depth, title }
  return {
    kind: kind satisfies BlockKind,
    span,
    parts: parts.map(([from, to, ...sourceIds]) => ({ span: { start: from, end: to }, sourceIds })),
  }
}

/** One line of `passages.jsonl`: only what cannot be derived from the guide's text and sections. */
export const storedPassageSchema = z.strictObject({
  id: z.string(),
  guide: z.string(),
  /** Index of the section in its guide. */
  section: offset,
  start: offset,
  end: offset,
  tokens: offset,
  /** The table's header row, where the table was cut above this passage. */
  lead: z.string().optional(),
  sources: z.array(z.string()),
  inherited: z.boolean(),
  fragment: textFragmentSchema,
})
export type StoredPassage = z.infer<typeof storedPassageSchema>

export function toStoredPassage(passage: Passage, guide: Guide): StoredPassage {
  const path = contextOf(guide.meta.title, passage.headingPath)
  const tableHeader = passage.context.slice(path.length).trimStart()
  return {
    id: passage.id,
    guide: guideKey(passage.guideId, passage.language),
    section: guide.sections.findIndex((candidate) => candidate.anchor === passage.anchor),
    start: passage.start,
    end: passage.end,
    tokens: passage.tokens,
    ...(tableHeader === '' ? {} : { lead: tableHeader }),
    sources: passage.sources.map((source) => source.id),
    inherited: passage.sources.some((source) => source.inherited),
    fragment: passage.fragment,
  }
}

/** Restores a passage; its text is the slice of the guide that its span names. Undefined when the guide has no such section or span. */
export function toPassage(stored: StoredPassage, guide: Guide): Passage | undefined {
  const section = guide.sections[stored.section]
  if (!section || stored.end > guide.text.length) return undefined
  return {
    id: stored.id,
    guideId: guide.meta.id,
    language: guide.meta.language,
    anchor: section.anchor,
    headingPath: [...section.headingPath],
    start: stored.start,
    end: stored.end,
    text: guide.text.slice(stored.start, stored.end),
    tokens: stored.tokens,
    context: contextOf(guide.meta.title, section.headingPath, stored.lead),
    sources: stored.sources.map((id) => ({ id, inherited: stored.inherited })),
    fragment: stored.fragment,
  }
}
