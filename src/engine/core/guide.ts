/** A guide: one document of the corpus, its front matter, its canonical text and its blocks with spans. */
import * as z from 'zod'
import { languageCodeSchema } from './language.ts'
import { isoDateSchema } from './source.ts'
import type { Span } from './span.ts'

const idSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower-case kebab-case')
const line = z.string().trim().min(1)

export const FACT_KINDS = [
  'cost',
  'where',
  'need',
  'hours',
  'phone',
  'law',
  'limit',
  'not',
] as const
export const factKindSchema = z.enum(FACT_KINDS)

/**
 * A typed fact. The value is part of the quote, and the quote is part of exactly one block, which is marked with the
 * fact's source.
 */
export const guideFactSchema = z.strictObject({
  key: z.string().regex(/^[a-z0-9]+([.-][a-z0-9]+)*$/, 'lower-case, dotted'),
  kind: factKindSchema,
  label: line,
  value: line,
  source: z.string(),
  quote: line,
  reviewBy: isoDateSchema.optional(),
})
export type GuideFact = z.infer<typeof guideFactSchema>

/** A guide to read next, and a whole sentence that says why; written as the id, with or without the reason. */
export type NextStep = { readonly guide: string; readonly why?: string | undefined }
const nextStepSchema = z
  .union([idSchema, z.strictObject({ guide: idSchema, why: line.optional() })])
  .transform((step): NextStep => (typeof step === 'string' ? { guide: step } : step))

/**
 * A question that the guide answers, and the anchor of the section that answers it, if a single one does; written as
 * the question, with or without the anchor.
 */
export type CoreQuestion = { readonly question: string; readonly answer?: string | undefined }
const coreQuestionSchema = z
  .union([line, z.strictObject({ question: line, answer: idSchema.optional() })])
  .transform((entry): CoreQuestion => (typeof entry === 'string' ? { question: entry } : entry))

export const frontMatterSchema = z.strictObject({
  id: idSchema,
  language: languageCodeSchema,
  title: line.max(80),
  description: line.max(200),
  cluster: idSchema,
  order: z.number().int().nonnegative(),
  updated: isoDateSchema,
  reviewBy: isoDateSchema,
  chips: z.array(line.max(40)).min(1).max(5),
  /** Maps heading text to an anchor; a heading without an entry gets its slug. */
  anchors: z.record(z.string(), idSchema).default({}),
  quickScan: z.strictObject({
    bestFor: line,
    helpsYouDo: line,
    coreQuestions: z.array(coreQuestionSchema).min(3).max(5),
    officialBodies: z.array(line).min(1),
    facts: z.array(guideFactSchema).min(5),
  }),
  fixFirst: z.strictObject({ guide: idSchema, why: line }).optional(),
  /** Where the guide comes in the usual order of steps; the page shows it while the guide has no companion. */
  sequence: line.optional(),
  companion: z.strictObject({ title: line, url: z.url(), commercial: z.literal(true) }).optional(),
  next: z.array(nextStepSchema).default([]),
  planning: z.array(idSchema).default([]),
  printable: z.boolean().default(false),
  sources: z.array(z.strictObject({ id: z.string(), usedFor: line })).min(1),
})
export type FrontMatter = z.infer<typeof frontMatterSchema>

export type BlockKind =
  | 'heading'
  | 'paragraph'
  | 'list'
  | 'table'
  | 'quote'
  | 'code'
  | 'html'
  | 'definition'
  | 'rule'

/** Blocks without text of their own: no passage is made for them alone. */
export const SILENT_BLOCKS: ReadonlySet<BlockKind> = new Set(['heading', 'definition', 'rule'])

/** The smallest thing that a source mark attaches to: a paragraph, a list item, a table row. */
export type BlockPart = { readonly span: Span; readonly sourceIds: readonly string[] }

/** A top-level Markdown block of the canonical text. A heading has no parts; a table's first part is its header row. */
export type Block = {
  readonly kind: BlockKind
  readonly span: Span
  readonly parts: readonly BlockPart[]
  /** Headings only: 1 to 6. */
  readonly depth?: number
  /** Headings only: the plain text. */
  readonly title?: string
}

/** A heading-bounded part of a guide. The text before the first heading is a section with an empty path and the anchor `top`. */
export type Section = {
  readonly anchor: string
  readonly headingPath: readonly string[]
  readonly blocks: readonly Block[]
  /** Questions that authors expect this section to answer: indexed with its passages, never shown or cited. */
  readonly expectedQuestions: readonly string[]
  /** Every source marked in the section, in order of appearance. */
  readonly sourceIds: readonly string[]
}

/** Every source marked in a section's blocks, in order of appearance. */
export function sectionSources(blocks: readonly Block[]): string[] {
  return [...new Set(blocks.flatMap((block) => block.parts.flatMap((part) => part.sourceIds)))]
}

export type Guide = {
  readonly meta: FrontMatter
  /** The canonical text: what spans point into and `/guides/{id}.md` serves. */
  readonly text: string
  readonly sha256: string
  readonly sections: readonly Section[]
}

/** Identifies a guide in the corpus: an id is a topic, with one guide per language. */
export function guideKey(id: string, language: string): string {
  return `${id}.${language}`
}

/** Whether a date (YYYY-MM-DD) lies before the day of `now`, in UTC. */
export function isPast(date: string, now: Date): boolean {
  return date < now.toISOString().slice(0, 10)
}
