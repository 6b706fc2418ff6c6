/** Checks `coverage.yaml`, which says where the guides state each fact of the fact base, and generates `COVERAGE.md`. */
import * as z from 'zod'
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { type Guide, guideKey } from '../../src/engine/core/guide.ts'
import { languageSchema } from '../../src/engine/core/language.ts'
import { sliceSpan } from '../../src/engine/core/span.ts'
import {
  type GuideFile,
  guideFault,
  normalizeText,
  parseYaml,
} from '../../src/engine/guides/front-matter.ts'

/** Strongest first; `gap` means that no source answers, `GK` is general knowledge without a source. */
const CONFIDENCES = [
  'official',
  'official-text',
  'seed',
  'secondary',
  'transcript',
  'inference',
  'gap',
  'GK',
] as const

/** A shorter quote could match in several places; a longer one would copy the guide instead of pointing to it. */
const QUOTE_WORDS = { min: 4, max: 20 }

const line = z.string().trim().min(1)

const placeSchema = z.strictObject({
  guide: line,
  language: languageSchema,
  quote: z.string().refine((quote) => isWithinLimits(wordCount(quote)), {
    message: `a quote has ${QUOTE_WORDS.min} to ${QUOTE_WORDS.max} words`,
  }),
})
type Place = z.infer<typeof placeSchema>

const entryShape = { places: z.array(placeSchema).min(1).optional(), leftOut: line.optional() }
const entrySchema = z.strictObject(entryShape).refine(hasOneAnswer, 'give places or leftOut')
const factSchema = z
  .strictObject({ confidence: z.enum(CONFIDENCES), ...entryShape })
  .refine(hasOneAnswer, 'give places or leftOut')
  .refine((fact) => fact.confidence !== 'GK' || fact.leftOut !== undefined, {
    message: 'general knowledge without a source is not published: give leftOut',
  })

const coverageSchema = z.strictObject({
  /** How many facts each topic of the fact base has, so that a missing last one is noticed. */
  topics: z
    .array(z.strictObject({ number: z.int().positive(), title: line, facts: z.int().positive() }))
    .min(1),
  facts: z.record(z.string().regex(/^F\d+\.\d\d$/, 'a fact number such as F1.07'), factSchema),
  contradictions: z.record(z.string().regex(/^C\d+$/, 'a number such as C7'), entrySchema),
})
type CoverageFile = z.infer<typeof coverageSchema>

type CoverageRow = {
  readonly id: string
  /** Contradictions have none. */
  readonly confidence?: (typeof CONFIDENCES)[number]
  /** Passages by guide and anchor, in order of appearance; empty for what is left out. */
  readonly passages: readonly { readonly path: string; readonly anchor: string }[]
  readonly leftOut?: string
}

export type CoverageTable = { readonly title: string; readonly rows: readonly CoverageRow[] }

function hasOneAnswer(entry: { places?: readonly Place[]; leftOut?: string }): boolean {
  return (entry.places === undefined) !== (entry.leftOut === undefined)
}

function wordCount(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

function isWithinLimits(words: number): boolean {
  return QUOTE_WORDS.min <= words && words <= QUOTE_WORDS.max
}

/** One table per topic, then the contradictions; throws `guide_invalid` with every fault as `path:line: what and remedy`. */
export function toCoverage(
  file: GuideFile,
  guides: readonly { readonly guide: Guide; readonly path: string }[],
): CoverageTable[] {
  const { value, lineOf } = parseYaml(file.path, normalizeText(file.content), coverageSchema)
  const byKey = new Map(
    guides.map((entry) => [guideKey(entry.guide.meta.id, entry.guide.meta.language), entry.guide]),
  )
  const faults = numberFaults(value).map(
    ({ field, message }) => guideFault(file.path, lineOf(field), message).message,
  )
  const toRow = (group: 'facts' | 'contradictions', id: string): CoverageRow => {
    const { places = [], leftOut, ...rest } = value[group][id] ?? {}
    const passages = places.flatMap((place, index) => {
      const found = locate(place, byKey.get(guideKey(place.guide, place.language)))
      if ('anchor' in found) return [{ path: pathOf(place), anchor: found.anchor }]
      const at = lineOf([group, id, 'places', index])
      faults.push(guideFault(file.path, at, `${id}: ${found.fault}`).message)
      return []
    })
    return { id, passages: unique(passages), leftOut, ...rest }
  }
  const tables = [
    ...value.topics.map(({ number, title }) => ({
      title: `${number}. ${title}`,
      rows: sortedIds(value.facts, `F${number}.`).map((id) => toRow('facts', id)),
    })),
    {
      title: 'Contradictions',
      rows: sortedIds(value.contradictions, 'C').map((id) => toRow('contradictions', id)),
    },
  ]
  if (faults.length > 0) throw new RetrievalError('guide_invalid', faults.join('\n'))
  return tables
}

function pathOf(place: Place): string {
  return `${place.language}/${place.guide}.md`
}

function unique(passages: CoverageRow['passages']): CoverageRow['passages'] {
  return [...new Map(passages.map((entry) => [`${entry.path}#${entry.anchor}`, entry])).values()]
}

function sortedIds(entries: Readonly<Record<string, unknown>>, prefix: string): string[] {
  const numberOf = (id: string) => Number(id.slice(prefix.length))
  return Object.keys(entries)
    .filter((id) => id.startsWith(prefix))
    .sort((a, b) => numberOf(a) - numberOf(b))
}

/** Fact numbers that are missing, and numbers that belong to no topic. */
function numberFaults(value: CoverageFile): { field: (string | number)[]; message: string }[] {
  const idOf = (topic: number, fact: number) => `F${topic}.${String(fact).padStart(2, '0')}`
  const expected = new Set(
    value.topics.flatMap(({ number, facts }) =>
      Array.from({ length: facts }, (_, index) => idOf(number, index + 1)),
    ),
  )
  const contradictions = Object.keys(value.contradictions)
  const last = Math.max(0, ...contradictions.map((id) => Number(id.slice(1))))
  const missing = [
    ...[...expected].filter((id) => !Object.hasOwn(value.facts, id)),
    ...Array.from({ length: last }, (_, index) => `C${index + 1}`).filter(
      (id) => !Object.hasOwn(value.contradictions, id),
    ),
  ]
  return [
    ...missing.map((id) => ({
      field: [id.startsWith('F') ? 'facts' : 'contradictions'],
      message: `${id} is missing: say where a guide states it, or why none does`,
    })),
    ...Object.keys(value.facts)
      .filter((id) => !expected.has(id))
      .map((id) => ({
        field: ['facts', id],
        message: `${id} is in no topic: correct the number, or the topic's count of facts`,
      })),
  ]
}

/** The anchor of the section with the only paragraph, list item or table row that contains the quote. */
function locate(place: Place, guide: Guide | undefined): { anchor: string } | { fault: string } {
  if (!guide) return { fault: `there is no guide ${pathOf(place)}: correct guide or language` }
  const holding = guide.sections.flatMap((section) =>
    section.blocks
      .flatMap((block) => block.parts)
      .filter((part) => sliceSpan(guide.text, part.span).includes(place.quote))
      .map(() => section.anchor),
  )
  if (holding.length === 1) return { anchor: holding[0] ?? '' }
  const where = holding.length === 0 ? 'no block' : `${holding.length} blocks`
  return {
    fault: `"${place.quote}" is in ${where} of ${pathOf(place)}: copy it from exactly one paragraph, list item or table row`,
  }
}

/** The page for readers: totals, then a table per topic. */
export function toCoverageMarkdown(tables: readonly CoverageTable[]): string {
  const rows = tables.flatMap((table) => table.rows)
  const totals = [...CONFIDENCES, undefined].map((confidence) => {
    const own = rows.filter((row) => row.confidence === confidence)
    return { name: confidence ?? 'contradictions', ...countOf(own) }
  })
  const facts = countOf(rows.filter((row) => row.confidence !== undefined))
  return `${[
    '# Coverage of the fact base',
    'Written by `npm run corpus:coverage` from `coverage.yaml`; do not edit. Each passage is where a guide states the fact. Confidence is that of the strongest source; `gap` says that no source answers; `GK` is general knowledge without a source, which is not published.',
    tableOf(
      ['Confidence', 'Numbers', 'In the guides', 'Left out'],
      [...totals, { name: 'all facts', ...facts }].map(({ name, all, covered }) =>
        [name, all, covered, all - covered].map(String),
      ),
    ),
    ...tables.flatMap(({ title, rows: own }) => [
      `## ${title}`,
      tableOf(['Number', 'Confidence', 'Guide', 'Passage', 'Left out because'], own.map(toCells)),
    ]),
  ].join('\n\n')}\n`
}

function countOf(rows: readonly CoverageRow[]): { all: number; covered: number } {
  return { all: rows.length, covered: rows.filter((row) => row.leftOut === undefined).length }
}

function toCells(row: CoverageRow): string[] {
  const guides = new Set(row.passages.map(({ path }) => path))
  const passages = row.passages.map(
    ({ path, anchor }) => `${path.slice(path.indexOf('/') + 1, -'.md'.length)}#${anchor}`,
  )
  return [
    row.id,
    row.confidence ?? '',
    [...guides].join(', '),
    passages.join(', '),
    row.leftOut ?? '',
  ]
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const toLine = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [toLine(head), toLine(head.map(() => '---')), ...rows.map(toLine)].join('\n')
}
