/** The BEIR layout (Thakur et al., 2021): `corpus.jsonl`, `queries.jsonl`, `qrels/SPLIT.tsv`. */
import { join } from 'node:path'
import * as z from 'zod'
import { createNodeFiles } from '../../src/engine/adapters/files/node-fs.ts'
import { messageOf, RetrievalError } from '../../src/engine/core/errors.ts'
import type { Qrels } from './measures.ts'
import { isDev, type Split } from './split.ts'

const documentSchema = z.object({
  _id: z.string(),
  title: z.string().default(''),
  text: z.string(),
})
const querySchema = z.object({ _id: z.string(), text: z.string() })

export type BeirSet = {
  readonly documents: readonly {
    readonly id: string
    readonly title: string
    readonly text: string
  }[]
  /** Only queries with judgments, in file order. */
  readonly queries: readonly { readonly id: string; readonly text: string }[]
  readonly qrels: Qrels
}

export type BeirFiles = {
  readonly corpus: string
  readonly queries: string
  readonly qrels: string
  /** Judgments of the folder's other splits. Their queries are not measured, but they do not count as unjudged. */
  readonly otherQrels?: readonly string[]
}

/**
 * Throws `evaluation_invalid` naming file and line; also for an empty collection, a judged query that is missing and a
 * query without judgments in any split.
 */
export function parseBeir(files: BeirFiles): BeirSet {
  const documents = parseLines('corpus.jsonl', files.corpus, documentSchema)
  const queries = parseLines('queries.jsonl', files.queries, querySchema)
  const qrels = parseQrels(files.qrels)
  if (documents.length === 0) throw fault('corpus.jsonl holds no documents')
  if (qrels.size === 0) throw fault('qrels hold no judgments')
  const judged = queries.filter((query) => qrels.has(query._id))
  if (judged.length !== qrels.size) {
    throw fault(`${qrels.size} queries are judged, ${judged.length} of them are in queries.jsonl`)
  }
  const elsewhere = files.otherQrels?.map(parseQrels) ?? []
  const unjudged = queries.filter(({ _id }) => ![qrels, ...elsewhere].some((one) => one.has(_id)))
  if (unjudged.length > 0) {
    const some = unjudged.slice(0, 3).map((query) => query._id)
    throw fault(
      `${unjudged.length} of ${queries.length} queries have no judgments in qrels/ (${some.join(', ')}${unjudged.length > 3 ? ', ...' : ''}): judge them, or remove them from queries.jsonl`,
    )
  }
  return {
    documents: documents.map(({ _id, title, text }) => ({ id: _id, title, text })),
    queries: judged.map(({ _id, text }) => ({ id: _id, text })),
    qrels,
  }
}

/** Reads the folder's test split. Throws `evaluation_invalid` for what is not a BEIR folder. */
export async function readBeirFolder(dir: string): Promise<BeirSet> {
  const files = createNodeFiles()
  const read = async (name: string) => {
    try {
      return await files.readText(join(dir, name))
    } catch (cause) {
      const layout = 'a BEIR folder holds corpus.jsonl, queries.jsonl and qrels/test.tsv'
      throw new RetrievalError(
        'evaluation_invalid',
        `${join(dir, name)} cannot be read: ${layout}`,
        { cause },
      )
    }
  }
  const others = (await files.list(join(dir, 'qrels'))).filter(
    (name) => name.endsWith('.tsv') && name !== 'test.tsv',
  )
  const contents = {
    corpus: await read('corpus.jsonl'),
    queries: await read('queries.jsonl'),
    qrels: await read('qrels/test.tsv'),
    otherQrels: await Promise.all(others.map((name) => read(`qrels/${name}`))),
  }
  try {
    return parseBeir(contents)
  } catch (cause) {
    throw new RetrievalError('evaluation_invalid', `${dir}: ${messageOf(cause)}`, { cause })
  }
}

/** Keeps the queries of one half. Throws `evaluation_invalid` when none is left. */
export async function takeSplit(set: BeirSet, split: Split): Promise<BeirSet> {
  if (split === 'all') return set
  const dev = await Promise.all(set.queries.map(({ id }) => isDev(id)))
  const queries = set.queries.filter((_, i) => dev[i] === (split === 'dev'))
  if (queries.length === 0)
    throw fault(`none of the ${set.queries.length} queries is in the ${split} half`)
  const kept = new Set(queries.map(({ id }) => id))
  return { ...set, queries, qrels: new Map([...set.qrels].filter(([id]) => kept.has(id))) }
}

function parseLines<T>(name: string, content: string, schema: z.ZodType<T>): T[] {
  return content.split('\n').flatMap((line, i) => {
    if (line.trim() === '') return []
    try {
      return [schema.parse(JSON.parse(line))]
    } catch (cause) {
      throw new RetrievalError(
        'evaluation_invalid',
        `${name}:${i + 1} is not a record of the BEIR layout`,
        { cause },
      )
    }
  })
}

/** `query-id  corpus-id  score` under one header line. */
export function parseQrels(content: string): Map<string, Map<string, number>> {
  const qrels = new Map<string, Map<string, number>>()
  content.split('\n').forEach((line, i) => {
    if (i === 0 || line.trim() === '') return
    const [query, document, score] = line.split('\t')
    const grade = Number(score)
    if (!query || !document || !Number.isFinite(grade))
      throw fault(`qrels:${i + 1}: "${line}" is not query, document, score`)
    const judgments = qrels.get(query) ?? new Map<string, number>()
    qrels.set(query, judgments.set(document, grade))
  })
  return qrels
}

function fault(message: string): RetrievalError {
  return new RetrievalError('evaluation_invalid', message)
}
