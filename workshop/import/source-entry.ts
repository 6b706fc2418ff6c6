/** Reads one entry of a sources section from a list item, a table row or a paragraph. */
import type { RootContent, Table, TableRow } from 'mdast'
import { visit } from 'unist-util-visit'
import type { Authority } from '../../src/engine/core/source.ts'
import { findDate } from './dates.ts'
import { ANCHOR_URL, isReference, REFERENCE_SIGN } from './page.ts'
import { linesOf, plainText } from './tidy.ts'

export type SourceEntry = {
  readonly title: string
  readonly url: string | null
  readonly publisher?: string
  readonly usedFor?: string
  readonly authority?: Authority
  readonly printed?: string
  readonly lastVerified?: string
  /** Addresses by which the page's text points to it, see `ANCHOR_URL`. */
  readonly keys: readonly string[]
}

/** The sources that a list, a table or a paragraph names. */
export function sourceEntries(node: RootContent): SourceEntry[] {
  if (node.type === 'list') return node.children.flatMap((item) => entryOf(item) ?? [])
  if (node.type === 'table') return tableEntries(node)
  if (node.type === 'paragraph') return entryOf(node) ?? []
  return []
}

const USED_FOR =
  /(?:what it (?:was|is) )?(?:used (?:here )?for|usad[oa]s? (?:aqu[ií] )?para|se us[oó] para|sirvi[oó] para)\s*[:：—–-]?\s*/i
const PRINTED =
  /\b(?:page )?(?:(?:last )?updated|published|dated|actualizad[oa]|publicad[oa])\b[^.;|)\n]*\d{4}/i
const CHECKED =
  /\b(?:checked|accessed|consulted|verified|retrieved|consultad[oa]|verificad[oa]|revisad[oa])\b[^.;|)\n]*\d{4}/i
const EDGES = /^[\s.,;:|()[\]—–-]+|[\s.,;:|([—–-]+$/g

/** Without surrounding punctuation; brackets stay when they are paired. */
function trimmed(text: string): string {
  const clean = text.replace(EDGES, '')
  return clean.includes('(') ? clean : clean.replace(/[\s)\].,;]+$/, '')
}

function entryOf(node: RootContent): SourceEntry[] | undefined {
  const { url, text: linkText, keys } = linkOf(node)
  const lines = linesOf(node).map((line) => line.replaceAll(REFERENCE_SIGN, '').trim())
  const all = lines.filter((line) => line !== '').join('\n')
  const [before = '', ...after] = all.split(USED_FOR)
  const usedFor = after.join(' ').split('\n')[0]?.replace(EDGES, '')
  if (url === null && keys.length === 0 && !usedFor) return undefined
  const printed = PRINTED.exec(before)?.[0]
  const checked = CHECKED.exec(before)?.[0]
  const bare = before
    .replace(printed ?? '', '')
    .replace(checked ?? '', '')
    .replace(/https?:\/\/\S+/g, '')
    .replace(/^\s*\[?\d+[\].)]\s*/, '')
    .replace(/\(\s*\)/g, '')
  const [first = '', ...others] = bare.split(/\s[—–|-]\s|\n|(?<=\w)\s*\(|\)\s*[.,]?|\.\s+/)
  const title = trimmed(linkText || first)
  const rest = linkText ? bare.replace(linkText, '') : others.join(' ')
  const unnamed = rest.replace(/\b(published by|publisher|publicado por|by)\b:?/i, '')
  const publisher = trimmed(unnamed.replace(/\s+/g, ' '))
  return [makeEntry({ title, url, keys, publisher, usedFor, printed, checked })]
}

type Found = {
  title: string
  url: string | null
  keys: string[]
  publisher?: string | undefined
  usedFor?: string | undefined
  printed?: string | undefined
  checked?: string | undefined
}

function makeEntry(found: Found): SourceEntry {
  const { title, url, keys, publisher, usedFor, printed, checked } = found
  const authority = authorityOf(url)
  const verified = checked ? findDate(checked) : undefined
  return {
    title,
    url,
    keys,
    ...(publisher && publisher.length <= 80 ? { publisher } : {}),
    ...(usedFor ? { usedFor } : {}),
    ...(authority ? { authority } : {}),
    ...(printed ? { printed } : {}),
    ...(verified ? { lastVerified: verified } : {}),
  }
}

/** Only what the address itself shows; a person decides whether any other page is official. */
function authorityOf(url: string | null): Authority | undefined {
  const host = /^https?:\/\/([^/:?#]+)/i.exec(url ?? '')?.[1]?.toLowerCase() ?? ''
  if (/(^|\.)(dof|diputados|ordenjuridico)\.gob\.mx$/.test(host)) return 'law'
  return /(^|\.)gob\.mx$/.test(host) ? 'official' : undefined
}

function linkOf(node: RootContent): { url: string | null; text: string; keys: string[] } {
  const found = { url: null as string | null, text: '', keys: [] as string[] }
  visit(node, 'link', (link) => {
    const words = plainText(link)
    if (link.url.startsWith(ANCHOR_URL)) found.keys.push(link.url)
    else if (found.url === null) {
      found.url = link.url
      if (!SILENT_WORDS.test(words) && !isReference(words)) found.text = words
    }
  })
  return found
}

/** Link texts that are not a title. */
const SILENT_WORDS = /^(https?:.*|www\..*|link|here|aqu[ií]|enlace|ver|see)$/i

const COLUMNS = [
  ['usedFor', /used|use|para qu[eé]|usad|uso/],
  ['publisher', /publisher|body|organi|instituci|publica|autoridad/],
  ['checked', /checked|verified|accessed|consult|verific|revis/],
  ['printed', /date|updated|fecha|actualiz/],
  ['url', /url|link|address|enlace|direcci/],
  ['title', /source|title|document|page|fuente|t[ií]tulo|documento/],
] as const

/** Reads the columns by their header; without a known header each row is read like a list item. */
function tableEntries(table: Table): SourceEntry[] {
  const [header, ...rows] = table.children
  const names = header?.children.map(
    (cell) => COLUMNS.find(([, pattern]) => pattern.test(plainText(cell).toLowerCase()))?.[0],
  )
  if (!names?.includes('usedFor')) return table.children.flatMap((row) => entryOf(row) ?? [])
  return rows.map((row) => rowEntry(row, names))
}

function rowEntry(row: TableRow, names: readonly (string | undefined)[]): SourceEntry {
  const cell = (name: string) => {
    const at = names.indexOf(name)
    const found = at === -1 ? undefined : row.children[at]
    return found ? plainText(found).replaceAll(REFERENCE_SIGN, '').trim() : ''
  }
  const link = linkOf(row)
  const title = trimmed(cell('title') || link.text || link.url || '')
  return makeEntry({
    ...link,
    title,
    publisher: cell('publisher'),
    usedFor: cell('usedFor'),
    checked: cell('checked'),
    printed: cell('printed'),
  })
}
