/** All guide files and the source list in, a checked corpus out, with warnings for what a reader should know. */
import * as z from 'zod'
import { isRetrievalError, RetrievalError } from '../core/errors.ts'
import { type FrontMatter, type Guide, guideKey, isPast } from '../core/guide.ts'
import { type Source, sourceSchema } from '../core/source.ts'
import { withExpectedQuestions } from './expected-questions.ts'
import {
  type GuideFile,
  guideFault,
  normalizeText,
  parseFrontMatter,
  parseYaml,
} from './front-matter.ts'
import { parseGuide, type SourceTable } from './guide.ts'

export type CorpusFiles = {
  readonly sources: GuideFile
  readonly guides: readonly GuideFile[]
  /** Files of expected questions, by the path of their guide. */
  readonly expectedQuestions?: ReadonlyMap<string, GuideFile>
}

export type Corpus = {
  /** Sorted by id, then language. */
  readonly guides: readonly { readonly guide: Guide; readonly path: string }[]
  /** Sorted by id. */
  readonly sources: ReadonlyMap<string, Source>
  readonly warnings: readonly string[]
}

const sourcesFileSchema = z.strictObject({ sources: z.array(sourceSchema) })

export function parseSources(file: GuideFile): Map<string, Source> {
  const { value, lineOf } = parseYaml(file.path, normalizeText(file.content), sourcesFileSchema)
  const table = new Map<string, Source>()
  for (const [index, source] of value.sources.entries()) {
    if (table.has(source.id)) {
      throw guideFault(
        file.path,
        lineOf(['sources', index]),
        `source id ${source.id} stands twice: keep one`,
      )
    }
    table.set(source.id, source)
  }
  return new Map([...table].sort(([a], [b]) => (a < b ? -1 : 1)))
}

/**
 * Throws `guide_invalid` with the faults of all files at once; the caller's index stays as it was. `reuse` may hand
 * back a guide that was parsed from the same bytes before.
 */
export async function parseCorpus(
  files: CorpusFiles,
  now: Date,
  reuse: (file: GuideFile) => Guide | undefined = () => undefined,
): Promise<Corpus> {
  const sources = parseSources(files.sources)
  const guides = new Map<string, { guide: Guide; path: string }>()
  const faults: string[] = []
  for (const file of files.guides) {
    try {
      const guide = reuse(file) ?? (await parseWhole(file, sources, files))
      const { id, language } = guide.meta
      const idLine = () => parseFrontMatter(file).lineOf(['id'])
      const key = guideKey(id, language)
      const twin = guides.get(key)
      const place = `${language}/${id}.md`
      if (twin)
        faults.push(
          `${file.path}:${idLine()}: guide id ${id} (${language}) is also that of ${twin.path}: rename one`,
        )
      else if (!file.path.endsWith(place))
        faults.push(
          `${file.path}:${idLine()}: id ${id} and language ${language} ask for the file name ${place}`,
        )
      else guides.set(key, { guide, path: file.path })
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
    warnings: sorted.flatMap(({ guide, path }) => warningsOf(guide, path, written, files, now)),
  }
}

async function parseWhole(
  file: GuideFile,
  sources: SourceTable,
  files: CorpusFiles,
): Promise<Guide> {
  const guide = await parseGuide(file, sources)
  const questions = files.expectedQuestions?.get(file.path)
  return questions ? withExpectedQuestions(guide, questions) : guide
}

function byIdAndLanguage(a: FrontMatter, b: FrontMatter): number {
  if (a.id !== b.id) return a.id < b.id ? -1 : 1
  return a.language < b.language ? -1 : 1
}

function warningsOf(
  guide: Guide,
  path: string,
  written: ReadonlyMap<string, FrontMatter>,
  files: CorpusFiles,
  now: Date,
): string[] {
  const warnings: string[] = []
  const file = files.guides.find((candidate) => candidate.path === path)
  const lineOf = (field: readonly (string | number)[]) =>
    file ? parseFrontMatter(file).lineOf(field) : 1
  const { meta } = guide
  if (isPast(meta.reviewBy, now)) {
    warnings.push(
      `${path}:${lineOf(['reviewBy'])}: reviewBy ${meta.reviewBy} has passed: answers from it say stale until it is reviewed`,
    )
  }
  for (const [index, fact] of meta.quickScan.facts.entries()) {
    if (fact.reviewBy && isPast(fact.reviewBy, now)) {
      warnings.push(
        `${path}:${lineOf(['quickScan', 'facts', index])}: fact ${fact.key}: reviewBy ${fact.reviewBy} has passed`,
      )
    }
  }
  const pointers = [
    ...meta.next.map((id) => ({ field: 'next', id })),
    ...meta.planning.map((id) => ({ field: 'planning', id })),
    ...(meta.fixFirst ? [{ field: 'fixFirst', id: meta.fixFirst.guide }] : []),
  ]
  for (const { field, id } of pointers) {
    const target = written.get(id)
    const line = lineOf([field])
    if (!target) warnings.push(`${path}:${line}: ${field}: guide ${id} is not written yet`)
    else if (field === 'planning' && !target.printable)
      warnings.push(
        `${path}:${line}: ${field}: guide ${id} is not printable, so no path leads there`,
      )
  }
  return warnings
}
