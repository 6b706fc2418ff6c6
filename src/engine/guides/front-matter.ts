/** Splits a guide file into front matter and body, and validates the front matter, naming the file and line of each fault. */
import {
  type Document,
  isMap,
  isNode,
  isPair,
  LineCounter,
  parseDocument,
  visit as visitYaml,
} from 'yaml'
import type * as z from 'zod'
import { RetrievalError } from '../core/errors.ts'
import { type FrontMatter, frontMatterSchema } from '../core/guide.ts'
import { lineAt } from '../core/span.ts'

export type GuideFile = { readonly path: string; readonly content: string }

export type FrontMatterResult = {
  readonly meta: FrontMatter
  /** The Markdown after the closing `---`, and the file's line on which it begins. */
  readonly body: string
  readonly bodyLine: number
  readonly lineOf: LineOf
}

/** Keys and indexes from the top of a YAML file to a value: `['quickScan', 'facts', 2]`. */
export type FieldPath = readonly (string | number)[]

/** The line (from 1) of a field in its file, or of the deepest part of its path that exists; for messages. */
export type LineOf = (field: FieldPath) => number

/** The beginning of a value that a person has yet to write: allowed in drafts, refused in guides and sources. */
export const PLACEHOLDER = 'TODO:'

const FENCE = /^---\n([\s\S]*?)\n---(?:\n|$)/

export function guideFault(path: string, line: number, message: string): RetrievalError {
  return new RetrievalError('guide_invalid', `${path}:${line}: ${message}`, {
    details: { path, line },
  })
}

/** LF line ends, NFC, no byte-order mark: the form that all offsets refer to. */
export function normalizeText(content: string): string {
  return content
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .normalize('NFC')
}

/** Parses and validates YAML. Throws `guide_invalid`, one line per fault: `path:line: field: what is wrong and what to do`. */
export function parseYaml<T>(
  path: string,
  yaml: string,
  schema: z.ZodType<T>,
  firstLine = 1,
): { value: T; lineOf: LineOf } {
  const lines = new LineCounter()
  const document = parseDocument(yaml, { lineCounter: lines, schema: 'core', version: '1.2' })
  const problem = document.errors[0]
  if (problem) {
    const line = lines.linePos(problem.pos[0]).line + firstLine - 1
    throw guideFault(path, line, `unreadable YAML: ${problem.message.split('\n')[0]}`)
  }
  visitYaml(document, {
    Alias(_, alias) {
      const line = lines.linePos(alias.range?.[0] ?? 0).line + firstLine - 1
      throw guideFault(
        path,
        line,
        `unreadable YAML: *${alias.source} is an alias: put quotes around a value that begins with *`,
      )
    },
  })
  const lineOf = (field: FieldPath) => lines.linePos(offsetOf(document, field)).line + firstLine - 1
  const content: unknown = document.toJS()
  const unwritten = placeholdersIn(content)
  const faults = unwritten.map(
    ({ field, text }) =>
      `${path}:${lineOf(field)}: ${field.join('.')}: placeholder "${text}": write the value in its place`,
  )
  const result = schema.safeParse(content)
  if (!result.success) {
    for (const issue of result.error.issues) {
      const field = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))
      const named = issue.code === 'unrecognized_keys' ? [...field, issue.keys[0] ?? ''] : field
      if (unwritten.some((one) => one.field.join('.') === field.join('.'))) continue
      faults.push(
        `${path}:${lineOf(named)}: ${field.join('.') || 'front matter'}: ${issue.message}`,
      )
    }
  }
  if (!result.success || faults.length > 0) {
    throw new RetrievalError('guide_invalid', faults.join('\n'), { details: { path } })
  }
  return { value: result.data, lineOf }
}

/** Every value of a file that is still to be written. */
function placeholdersIn(
  value: unknown,
  field: FieldPath = [],
): { field: FieldPath; text: string }[] {
  if (typeof value === 'string')
    return value.startsWith(PLACEHOLDER) ? [{ field, text: value }] : []
  if (Array.isArray(value)) return value.flatMap((item, i) => placeholdersIn(item, [...field, i]))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, item]) => placeholdersIn(item, [...field, key]))
}

/** Offset of the deepest existing node on the way to a field. */
function offsetOf(document: Document, field: FieldPath): number {
  for (let length = field.length; length > 0; length--) {
    const parent =
      length === 1 ? document.contents : document.getIn(field.slice(0, length - 1), true)
    if (isMap(parent)) {
      const name = field[length - 1]
      const pair = parent.items.find((item) => isPair(item) && String(item.key) === String(name))
      if (pair && isNode(pair.key) && pair.key.range) return pair.key.range[0]
    }
    const node = document.getIn(field.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}

export function parseFrontMatter(file: GuideFile): FrontMatterResult {
  const text = normalizeText(file.content)
  const match = FENCE.exec(text)
  if (!match) {
    throw guideFault(
      file.path,
      1,
      'no front matter: begin the file with a block between two lines of ---',
    )
  }
  const { value, lineOf } = parseYaml(file.path, match[1] ?? '', frontMatterSchema, 2)
  return {
    meta: value,
    body: text.slice(match[0].length),
    bodyLine: lineAt(text, match[0].length),
    lineOf,
  }
}
