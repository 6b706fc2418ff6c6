/** TREC run and judgment files, and the order in which trec_eval takes a run's documents. */
import { RetrievalError } from '../../src/engine/core/errors.ts'
import type { Judgments, Qrels } from './measures.ts'

export type Scored = { readonly id: string; readonly score: number }

/** Scored documents by query id. */
export type TrecRun = ReadonlyMap<string, readonly Scored[]>

/**
 * Document ids as trec_eval orders them, whatever order and rank they come with: score descending, ties by document id
 * descending. Scores are compared as 32-bit floats and ids as UTF-8 bytes, since it keeps them so.
 */
export function rankRun(scored: readonly Scored[]): string[] {
  return scored
    .map(({ id, score }) => ({ id, score: Math.fround(score) }))
    .sort((a, b) => b.score - a.score || byCodePoint(b.id, a.id))
    .map(({ id }) => id)
}

/**
 * The same ranking with scores that strictly descend as 32-bit floats, so that trec_eval keeps the given order: the later
 * document of a tie gets the next lower number.
 */
export function separateTies(ranked: readonly Scored[]): Scored[] {
  let last = Number.POSITIVE_INFINITY
  return ranked.map(({ id, score }) => {
    const rounded = Math.fround(score)
    last = rounded < last ? rounded : nextBelow(last)
    return { id, score: last }
  })
}

/** `query Q0 document rank score tag`, ranks in the order given. A query without documents leaves no line. */
export function formatRun(run: TrecRun, tag: string): string {
  checkName(tag)
  return lines(run, (query, documents) =>
    documents.map(({ id, score }, i) => {
      checkName(id)
      if (!Number.isFinite(score)) throw fault(`query ${query}: the score of ${id} is ${score}`)
      return `${query} Q0 ${id} ${i + 1} ${score} ${tag}`
    }),
  )
}

/** Documents in the order of their lines; `rankRun` ranks them. Throws `evaluation_invalid` naming the line. */
export function parseRun(content: string): Map<string, Scored[]> {
  return parseTable(content, 6, ([, , id = '', , number]) => {
    const score = Number(number)
    return Number.isFinite(score) ? { id, score } : undefined
  })
}

/** `query 0 document grade`. */
export function formatQrels(qrels: Qrels): string {
  return lines(qrels, (query, judgments) =>
    [...judgments].map(([id, grade]) => {
      checkName(id)
      if (!Number.isInteger(grade)) throw fault(`query ${query}: the grade of ${id} is ${grade}`)
      return `${query} 0 ${id} ${grade}`
    }),
  )
}

/** Throws `evaluation_invalid` naming the line; grades are whole numbers. */
export function parseTrecQrels(content: string): Map<string, Judgments> {
  const rows = parseTable(content, 4, ([, , id = '', number]) => {
    const score = Number(number)
    return Number.isInteger(score) ? { id, score } : undefined
  })
  return new Map(
    [...rows].map(([query, judged]) => [query, new Map(judged.map((j) => [j.id, j.score]))]),
  )
}

function parseTable(
  content: string,
  width: number,
  parse: (fields: readonly string[]) => Scored | undefined,
): Map<string, Scored[]> {
  const table = new Map<string, Scored[]>()
  const seen = new Set<string>()
  content.split('\n').forEach((line, i) => {
    if (line.trim() === '') return
    const fields = line.trim().split(/\s+/)
    const row = fields.length === width ? parse(fields) : undefined
    if (!row) throw fault(`line ${i + 1}: "${line}" is not a line of ${width} fields with a number`)
    const query = fields[0] ?? ''
    const key = `${query} ${row.id}`
    if (seen.has(key)) throw fault(`line ${i + 1}: ${row.id} is listed twice for query ${query}`)
    seen.add(key)
    const rows = table.get(query)
    if (rows) rows.push(row)
    else table.set(query, [row])
  })
  return table
}

function lines<T>(
  table: ReadonlyMap<string, T>,
  format: (query: string, value: T) => string[],
): string {
  return [...table]
    .flatMap(([query, value]) => {
      checkName(query)
      return format(query, value)
    })
    .map((line) => `${line}\n`)
    .join('')
}

/** Fields are separated by white space, so no name may contain any. */
function checkName(name: string): void {
  if (name === '' || /\s/.test(name))
    throw fault(`"${name}" cannot be written to a TREC file: it is empty or contains white space`)
}

/** UTF-8 bytes order as code points do; UTF-16 units do not beyond U+FFFF. */
function byCodePoint(a: string, b: string): number {
  const left = Array.from(a, (char) => char.codePointAt(0) ?? 0)
  const right = Array.from(b, (char) => char.codePointAt(0) ?? 0)
  const at = left.findIndex((point, i) => point !== right[i])
  return at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1)
}

/** The largest 32-bit float below a finite one. */
function nextBelow(value: number): number {
  if (value === 0) return -(2 ** -149)
  const view = new DataView(new ArrayBuffer(4))
  view.setFloat32(0, value)
  view.setInt32(0, view.getInt32(0) + (value > 0 ? -1 : 1))
  return view.getFloat32(0)
}

function fault(message: string): RetrievalError {
  return new RetrievalError('evaluation_invalid', message)
}
