/** The state of a corpus on a day: what is stale or soon will be, which sources it uses, and where guides contradict each other. */
import { type Guide, isPast } from '../../src/engine/core/guide.ts'
import type { Language } from '../../src/engine/core/language.ts'
import {
  type Authority,
  authoritySchema,
  isPrimary,
  type Source,
} from '../../src/engine/core/source.ts'
import type { Corpus } from '../../src/engine/guides/corpus.ts'

/** How far ahead a review is announced. */
const SOON_DAYS = 60
const DAY_MS = 86_400_000

/** A guide or one of its facts, and the day after which it is stale. */
type Review = {
  readonly path: string
  readonly reviewBy: string
  /** Facts only. */
  readonly factKey?: string
}

type Statement = {
  readonly path: string
  readonly language: Language
  readonly value: string
}

/** A fact key whose statements cannot all be true: different words within a language, or different digits between languages. */
type Contradiction = {
  readonly key: string
  readonly within: Language | 'languages'
  readonly statements: readonly Statement[]
}

type SourceUse = { readonly source: Source; readonly guides: number }

type OfficialShare = {
  readonly path: string
  /** Source marks of the body, and how many of them name an official source or a law. */
  readonly marks: number
  readonly official: number
}

export type CorpusReport = {
  readonly date: string
  readonly guides: number
  readonly facts: number
  readonly stale: readonly Review[]
  readonly soon: readonly Review[]
  /** By authority; within one the most used first. */
  readonly sources: Readonly<Record<Authority, readonly SourceUse[]>>
  /** The highest share first. */
  readonly shares: readonly OfficialShare[]
  readonly contradictions: readonly Contradiction[]
}

type Entry = Corpus['guides'][number]

export function corpusReport({ guides, sources }: Corpus, now: Date): CorpusReport {
  const reviews = guides.flatMap(reviewsOf).sort(byDate)
  const horizon = new Date(now.getTime() + SOON_DAYS * DAY_MS)
  const fresh = reviews.filter(({ reviewBy }) => !isPast(reviewBy, now))
  return {
    date: now.toISOString().slice(0, 10),
    guides: guides.length,
    facts: guides.reduce((sum, { guide }) => sum + guide.meta.quickScan.facts.length, 0),
    stale: reviews.filter(({ reviewBy }) => isPast(reviewBy, now)),
    soon: fresh.filter(({ reviewBy }) => isPast(reviewBy, horizon)),
    sources: sourcesByAuthority(guides, sources),
    shares: guides.map((entry) => officialShare(entry, sources)).sort(byShare),
    contradictions: findContradictions(guides),
  }
}

function reviewsOf({ guide, path }: Entry): Review[] {
  const facts = guide.meta.quickScan.facts.flatMap(({ key, reviewBy }) =>
    reviewBy === undefined ? [] : [{ path, reviewBy, factKey: key }],
  )
  return [{ path, reviewBy: guide.meta.reviewBy }, ...facts]
}

function byDate(a: Review, b: Review): number {
  if (a.reviewBy !== b.reviewBy) return a.reviewBy < b.reviewBy ? -1 : 1
  return a.path === b.path ? 0 : a.path < b.path ? -1 : 1
}

function sourcesByAuthority(
  guides: readonly Entry[],
  sources: ReadonlyMap<string, Source>,
): Record<Authority, SourceUse[]> {
  const uses = [...sources.values()].map((source) => ({
    source,
    guides: guides.filter(({ guide }) => guide.meta.sources.some(({ id }) => id === source.id))
      .length,
  }))
  uses.sort((a, b) => b.guides - a.guides || (a.source.id < b.source.id ? -1 : 1))
  const of = (authority: Authority) => uses.filter(({ source }) => source.authority === authority)
  return { official: of('official'), law: of('law'), secondary: of('secondary') }
}

function officialShare({ guide, path }: Entry, sources: ReadonlyMap<string, Source>) {
  const marks = marksOf(guide)
  const official = marks.filter((id) => isPrimary(sources.get(id)?.authority ?? 'secondary'))
  return { path, marks: marks.length, official: official.length }
}

function marksOf(guide: Guide): string[] {
  return guide.sections.flatMap(({ blocks }) =>
    blocks.flatMap(({ parts }) => parts.flatMap(({ sourceIds }) => sourceIds)),
  )
}

function byShare(a: OfficialShare, b: OfficialShare): number {
  return shareOf(b) - shareOf(a) || (a.path < b.path ? -1 : 1)
}

function shareOf({ marks, official }: OfficialShare): number {
  return marks === 0 ? 0 : official / marks
}

/** Sorted by key; one key may be contradicted in each language and between them. */
function findContradictions(guides: readonly Entry[]): Contradiction[] {
  const byKey = new Map<string, Statement[]>()
  for (const { guide, path } of guides) {
    for (const { key, value } of guide.meta.quickScan.facts) {
      const statement = { path, language: guide.meta.language, value }
      byKey.set(key, [...(byKey.get(key) ?? []), statement])
    }
  }
  return [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([key, statements]) => contradictionsOf(key, statements))
}

function contradictionsOf(key: string, all: readonly Statement[]): Contradiction[] {
  const en = all.filter(({ language }) => language === 'en')
  const es = all.filter(({ language }) => language === 'es')
  const found: Contradiction[] = []
  if (differ(en, wordsOf)) found.push({ key, within: 'en', statements: en })
  if (differ(es, wordsOf)) found.push({ key, within: 'es', statements: es })
  // Each side is compared with the other only: what differs within one is said above.
  const across = en.some((one) => es.some((other) => digitsOf(one.value) !== digitsOf(other.value)))
  if (across) found.push({ key, within: 'languages', statements: all })
  return found
}

function differ(statements: readonly Statement[], form: (value: string) => string): boolean {
  return new Set(statements.map(({ value }) => form(value))).size > 1
}

/** Capitals and spaces do not change a statement. */
function wordsOf(value: string): string {
  return value.trim().toLowerCase().replace(/\s+/g, ' ')
}

/** The numbers of a value, in whatever order its language gives them. */
function digitsOf(value: string): string {
  return [...value.matchAll(/\d+(?:[.,:]\d+)*/g)]
    .map(([digits]) => digits)
    .sort()
    .join(' ')
}

/** Plain text for a terminal, topic by topic; what must be fixed comes last. */
export function formatReport(report: CorpusReport): string {
  const { sources, shares, contradictions } = report
  const soon = `Goes stale within ${SOON_DAYS} days`
  return [
    `Corpus on ${report.date}: ${report.guides} guides, ${report.facts} facts, ${Object.values(sources).flat().length} sources`,
    section('Stale (warning: review and set a new reviewBy)', report.stale.map(formatReview)),
    section(soon, report.soon.map(formatReview)),
    ...authoritySchema.options.map((authority) => formatSources(authority, sources[authority])),
    section('Guides by share of source marks that are official or law', shares.map(formatShare)),
    section(
      'Contradictions (error: make the statements agree)',
      contradictions.flatMap(formatContradiction),
      contradictions.length,
    ),
  ].join('\n\n')
}

function section(title: string, lines: readonly string[], count = lines.length): string {
  return [`${title}: ${count === 0 ? 'none' : count}`, ...lines.map((line) => `  ${line}`)].join(
    '\n',
  )
}

function formatReview({ path, reviewBy, factKey }: Review): string {
  return `${reviewBy}  ${path}${factKey === undefined ? '' : `  fact ${factKey}`}`
}

/** One line per number of guides, the most used sources first. */
function formatSources(authority: Authority, uses: readonly SourceUse[]): string {
  const counts = [...new Set(uses.map(({ guides }) => guides))]
  const lines = counts.map((count) => {
    const ids = uses.filter(({ guides }) => guides === count).map(({ source }) => source.id)
    const label = count === 0 ? 'unused' : count === 1 ? '1 guide' : `${count} guides`
    return `${label.padStart(9)}  ${ids.join(', ')}`
  })
  return section(`Sources, ${authority}, by guides that use them`, lines, uses.length)
}

function formatShare(share: OfficialShare): string {
  const percent = `${Math.round(100 * shareOf(share))} %`
  return `${percent.padStart(5)}  ${share.path}  (${share.official} of ${share.marks})`
}

const WITHIN: Record<Contradiction['within'], string> = {
  en: 'stated differently in English',
  es: 'stated differently in Spanish',
  languages: 'different digits in English and Spanish',
}

function formatContradiction({ key, within, statements }: Contradiction): string[] {
  return [
    `${key}: ${WITHIN[within]}`,
    ...statements.map(({ path, value }) => `  ${path}: "${value}"`),
  ]
}
