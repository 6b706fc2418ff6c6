/** Parses all guide files and the source list to a checked corpus, with warnings about what authors should know. */
import * as z from 'zod'
import { isRetrievalError, RetrievalError } from '../core/errors.ts'
import { type FrontMatter, type Guide, guideKey, isPast } from '../core/guide.ts'
import { type Source, sourceSchema } from '../core/source.ts'
import { withExpectedQuestions } from './expected-questions.ts'
import {
  type GuideFile,
  guideFault,
  type LineOf,
  normalizeText,
  parseYaml,
} from './front-matter.ts'
import { fromEarlier, type ParsedGuide, parseGuide, type SourceTable } from './guide.ts'

export type CorpusFiles = {
  readonly sources: GuideFile
  readonly guides: readonly GuideFile[]
  /** Files of expected questions, by the path of their guide. */
  readonly expectedQuestions?: ReadonlyMap<string, GuideFile>
}

export type CorpusGuide = ParsedGuide & { readonly path: string }

export type Corpus = {
  /** Sorted by id, then language. */
  readonly guides: readonly CorpusGuide[]
  /** Sorted by id. */
  readonly sources: ReadonlyMap<string, Source>
  readonly warnings: readonly string[]
}

/** As RFC 3986 has it, so that every client can read the address as a URI. */
const listedSourceSchema = sourceSchema.refine(
  ({ url }) => url === null || /^[\x21-\x7e]+$/.test(url),
  { path: ['url'], message: 'percent-encode what is not ASCII' },
)
const sourcesFileSchema = z.strictObject({ sources: z.array(listedSourceSchema) })

export function parseSources(file: GuideFile): Map<string, Source> {
  const { value, lineOf } = parseYaml(file.path, normalizeText(file.content), sourcesFileSchema)
  const table = new Map<string, Source>()
  for (const [index, source] of value.sources.entries()) {
    if (table.has(source.id)) {
      throw guideFault(
        file.path,
        lineOf(['sources', index]),
        `source id ${source.id} is listed twice: keep one`,
      )
    }
    table.set(source.id, source)
  }
  return new Map([...table].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Parses and checks every guide. Throws `guide_invalid` with the faults of all files at once. `reuse` may hand back a
 * guide that was parsed from the same bytes before.
 */
export async function parseCorpus(
  files: CorpusFiles,
  now: Date,
  reuse: (file: GuideFile) => Guide | undefined = () => undefined,
): Promise<Corpus> {
  const sources = parseSources(files.sources)
  const guides = new Map<string, CorpusGuide>()
  const faults: string[] = []
  for (const file of files.guides) {
    try {
      const known = reuse(file)
      const parsed = known ? fromEarlier(file, known) : await parseWhole(file, sources, files)
      const { id, language } = parsed.guide.meta
      const key = guideKey(id, language)
      const problem = placeProblem(file.path, parsed.guide.meta, guides.get(key)?.path)
      if (problem) faults.push(`${file.path}:${parsed.lineOf(['id'])}: ${problem}`)
      else guides.set(key, { ...parsed, path: file.path })
    } catch (error) {
      if (!isRetrievalError(error)) throw error
      faults.push(error.message)
    }
  }
  if (faults.length > 0) throw new RetrievalError('guide_invalid', faults.join('\n'))
  const sorted = [...guides.values()].sort((a, b) => byIdAndLanguage(a.guide.meta, b.guide.meta))
  const written = new Map(sorted.map(({ guide }) => [guide.meta.id, guide.meta]))
  return {
    guides: sorted,
    sources,
    warnings: sorted.flatMap((one) => warningsOf(one, written, now)),
  }
}

/** A guide has one file, named after its language and id. */
function placeProblem(
  path: string,
  { id, language }: FrontMatter,
  twin: string | undefined,
): string | undefined {
  const place = `${language}/${id}.md`
  if (twin) return `guide id ${id} (${language}) is also used by ${twin}: rename one`
  if (path.endsWith(place)) return undefined
  return `id ${id} and language ${language} require the file name ${place}`
}

async function parseWhole(
  file: GuideFile,
  sources: SourceTable,
  files: CorpusFiles,
): Promise<ParsedGuide> {
  const parsed = await parseGuide(file, sources)
  const questions = files.expectedQuestions?.get(file.path)
  return questions ? { ...parsed, guide: withExpectedQuestions(parsed.guide, questions) } : parsed
}

function byIdAndLanguage(a: FrontMatter, b: FrontMatter): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1
  return a.language < b.language ? -1 : 1
}

function warningsOf(
  { guide: { meta }, path, lineOf }: CorpusGuide,
  written: ReadonlyMap<string, FrontMatter>,
  now: Date,
): string[] {
  return [...reviewWarnings(meta, lineOf, now), ...pointerWarnings(meta, lineOf, written)].map(
    ({ line, message }) => `${path}:${line}: ${message}`,
  )
}

type Warning = { readonly line: number; readonly message: string }

function reviewWarnings(meta: FrontMatter, lineOf: LineOf, now: Date): Warning[] {
  const warnings: Warning[] = []
  if (isPast(meta.reviewBy, now)) {
    const message = `reviewBy ${meta.reviewBy} has passed: answers from it are marked stale until it is reviewed`
    warnings.push({ line: lineOf(['reviewBy']), message })
  }
  for (const [index, fact] of meta.quickScan.facts.entries()) {
    if (fact.reviewBy && isPast(fact.reviewBy, now)) {
      const message = `fact ${fact.key}: reviewBy ${fact.reviewBy} has passed`
      warnings.push({ line: lineOf(['quickScan', 'facts', index]), message })
    }
  }
  return warnings
}

/** Warnings about guides that this guide points to and that no path can lead to. */
function pointerWarnings(
  meta: FrontMatter,
  lineOf: LineOf,
  written: ReadonlyMap<string, FrontMatter>,
): Warning[] {
  const pointers = [
    ...meta.next.map(({ guide: id }) => ({ field: 'next', id })),
    ...meta.planning.map((id) => ({ field: 'planning', id })),
    ...(meta.fixFirst ? [{ field: 'fixFirst', id: meta.fixFirst.guide }] : []),
  ]
  return pointers.flatMap(({ field, id }): Warning[] => {
    const target = written.get(id)
    const warn = (message: string) => [{ line: lineOf([field]), message: `${field}: ${message}` }]
    if (!target) return warn(`guide ${id} is not written yet`)
    if (field !== 'planning' || target.printable) return []
    return warn(`guide ${id} is not printable, so no path leads there`)
  })
}
