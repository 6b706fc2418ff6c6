/** The front matter of a draft and its new sources: what the page says, and placeholders for what a person must write. */
import { stringify } from 'yaml'
import type { GuideFact } from '../../src/engine/core/guide.ts'
import { findDate } from './dates.ts'
import { scanField } from './labels.ts'
import type { ScanPair } from './quick-scan.ts'
import type { DraftSource } from './sources.ts'
import { todo } from './todo.ts'

export type DraftParts = {
  readonly id: string
  readonly language: string
  readonly title?: string | undefined
  readonly description?: string | undefined
  readonly updated?: string | undefined
  readonly pairs: readonly ScanPair[]
  readonly facts: readonly GuideFact[]
  readonly sources: readonly DraftSource[]
}

export type DraftFrontMatter = { readonly yaml: string; readonly notPlaced: readonly string[] }

const LONGEST = { title: 80, description: 200, chip: 40 } as const
const LEAST = { questions: 3, facts: 5 } as const
const MOST = { questions: 5, chips: 5 } as const

export function draftFrontMatter(parts: DraftParts): DraftFrontMatter {
  const notPlaced: string[] = []
  const need = <T>(field: string, value: T | undefined, what: string): T | string => {
    if (value !== undefined && value !== '') return value
    notPlaced.push(`${field}: not on the page: ${what}`)
    return todo(what)
  }
  const field = (name: ReturnType<typeof scanField>) =>
    parts.pairs.filter((pair) => scanField(pair.label) === name).flatMap((pair) => pair.values)
  const listed = (name: string, values: readonly string[], least: number, what: string) => {
    if (values.length >= least) return [...values]
    notPlaced.push(`${name}: ${values.length} on the page, at least ${least} needed: ${what}`)
    return [...values, ...Array.from({ length: least - values.length }, () => todo(what))]
  }
  const fitting = (name: string, values: readonly string[], most: number, longest: number) => {
    const kept = values.filter((value) => value.length <= longest).slice(0, most)
    for (const value of values)
      if (!kept.includes(value)) notPlaced.push(`${name}: "${value}": too long or one too many`)
    return kept
  }
  const chips = fitting(
    'chips',
    field('chips')
      .flatMap((value) => value.split(/\s*[;|·•]\s*/))
      .filter(Boolean),
    MOST.chips,
    LONGEST.chip,
  )
  const questions = fitting(
    'quickScan.coreQuestions',
    field('coreQuestions'),
    MOST.questions,
    Number.POSITIVE_INFINITY,
  )
  const meta = {
    id: parts.id,
    language: parts.language,
    title: need('title', short(parts.title, LONGEST.title), 'a title of at most 80 characters'),
    description: need(
      'description',
      short(parts.description, LONGEST.description),
      'one sentence of at most 200 characters',
    ),
    cluster: need('cluster', undefined, 'the cluster of guides it belongs to'),
    order: need('order', undefined, 'its place in the whole sequence, a number'),
    updated: need('updated', parts.updated, 'the day the text was last changed, YYYY-MM-DD'),
    reviewBy: need('reviewBy', undefined, 'the day it must be looked at again, YYYY-MM-DD'),
    chips: listed('chips', chips, 1, 'a few words at a glance'),
    quickScan: {
      bestFor: need('quickScan.bestFor', field('bestFor').join(' '), 'whom the guide is for'),
      helpsYouDo: need(
        'quickScan.helpsYouDo',
        field('helpsYouDo').join(' '),
        'what it helps the reader do',
      ),
      coreQuestions: listed(
        'quickScan.coreQuestions',
        questions,
        LEAST.questions,
        'a question it answers',
      ),
      officialBodies: listed(
        'quickScan.officialBodies',
        field('officialBodies').flatMap(bodies),
        1,
        'the official body',
      ),
      facts: parts.facts,
    },
    sources: parts.sources.map(({ id, usedFor }) => ({
      id,
      usedFor: need(`sources: ${id}: usedFor`, usedFor, 'what this source was used for'),
    })),
  }
  if (parts.facts.length < LEAST.facts)
    notPlaced.push(
      `quickScan.facts: ${parts.facts.length} drafted, at least ${LEAST.facts} needed: add facts with quotes from the body`,
    )
  if (parts.sources.length === 0)
    notPlaced.push('sources: none on the page: a guide without sources is not built')
  return { yaml: stringify(meta, { lineWidth: 0 }), notPlaced }
}

const short = (text: string | undefined, longest: number) =>
  text && text.length <= longest ? text : undefined
const bodies = (value: string) =>
  value
    .replace(/\.$/, '')
    .split(/\s*[,;·|/]\s*(?:(?:and|y|e)\s+)?|\s+(?:and|y)\s+/)
    .filter(Boolean)

/** Entries to add to `corpus/sources.yaml`; empty when it has all of them. */
export function draftSourceEntries(sources: readonly DraftSource[]): DraftFrontMatter {
  const notPlaced: string[] = []
  const entries = sources
    .filter((source) => !source.known)
    .map(({ id, title, publisher, url, authority, lastVerified, printed }) => {
      const need = (field: string, value: string | undefined, what: string) => {
        if (!value) notPlaced.push(`sources.yaml: ${id}: ${field}: ${what}`)
        return value || todo(what)
      }
      return {
        id,
        title: need('title', title, 'the title of the publication'),
        publisher: need('publisher', publisher, 'who publishes it'),
        url,
        authority: need('authority', authority, 'official, law or secondary'),
        // Known only through the imported page until a person has opened it.
        seen: 'reported',
        lastVerified: need(
          'lastVerified',
          lastVerified,
          'the day a person last checked it, YYYY-MM-DD',
        ),
        ...(printed ? { printed } : {}),
      }
    })
  return {
    yaml: entries.length > 0 ? stringify({ sources: entries }, { lineWidth: 0 }) : '',
    notPlaced,
  }
}

/** The day on which the page was last changed, according to the page. */
export function findUpdated(pairs: readonly ScanPair[], visibleText: string): string | undefined {
  const labelled = pairs
    .filter((pair) => scanField(pair.label) === 'updated')
    .flatMap((pair) => pair.values)
  const spoken =
    /(?:updated|reviewed|modified|actualizad[oa]|[uú]ltima actualizaci[oó]n)\b.{0,40}?\d{4}(?:-\d\d-\d\d)?/is.exec(
      visibleText,
    )?.[0]
  return findDate(labelled.join(' ')) ?? findDate((spoken ?? '').replace(/\s+/g, ' '))
}
