/** Reads the sources section of a page: title, publisher, address, what each source was used for, and an id from its title. */
import type { Root, RootContent } from 'mdast'
import type { SourceTable } from '../../src/engine/guides/guide.ts'
import { toSlug } from '../../src/engine/guides/sections.ts'
import { isSourcesTitle } from './labels.ts'
import { ANCHOR_URL } from './page.ts'
import { type SourceEntry, sourceEntries } from './source-entry.ts'
import { plainText } from './tidy.ts'

export type DraftSource = Omit<SourceEntry, 'keys'> & {
  readonly id: string
  /** Already in `corpus/sources.yaml`: no new entry is needed. */
  readonly known: boolean
}

export type DraftSources = {
  readonly sources: DraftSource[]
  /** Source id by address, or by place on the page. */
  readonly idOf: Map<string, string>
  readonly hasSection: boolean
  readonly notPlaced: readonly string[]
}

const LONGEST_ID = 48

/** Removes the sources sections from the body and returns their entries. */
export function takeSources(root: Root, known: SourceTable): DraftSources {
  const notPlaced: string[] = []
  const entries: SourceEntry[] = []
  let hasSection = false
  for (let start = titleIndex(root); start !== -1; start = titleIndex(root)) {
    hasSection = true
    for (const node of takeSection(root, start)) {
      const found = sourceEntries(node)
      entries.push(...found)
      if (found.length === 0 && node.type !== 'heading')
        notPlaced.push(`sources section, not a source: "${plainText(node).slice(0, 120)}"`)
    }
  }
  const drafted: DraftSources = { sources: [], idOf: new Map(), hasSection, notPlaced }
  for (const entry of entries) addSource(drafted, entry, known)
  return drafted
}

/** Adds a source; a second entry with the same address is merged into the first. Returns the id. */
export function addSource(drafted: DraftSources, entry: SourceEntry, known: SourceTable): string {
  const url = entry.url === null ? undefined : urlKey(entry.url)
  const before = url === undefined ? undefined : drafted.idOf.get(url)
  const same = [...known.values()].find(
    (source) => source.url !== null && url === urlKey(source.url),
  )
  const taken = (id: string) => drafted.sources.some((source) => source.id === id) || known.has(id)
  const id = before ?? same?.id ?? freeId(entry.title, taken)
  const at = drafted.sources.findIndex((source) => source.id === id)
  const twin = drafted.sources[at]
  const { keys: _, ...rest } = entry
  if (!twin) drafted.sources.push({ ...rest, id, known: same !== undefined })
  else {
    const uses = [twin.usedFor, entry.usedFor].filter((use) => use !== undefined)
    drafted.sources[at] = { ...rest, ...twin, usedFor: [...new Set(uses)].join('; ') }
  }
  for (const key of [...entry.keys, ...(url ? [url] : [])]) drafted.idOf.set(key, id)
  return id
}

function freeId(title: string, taken: (id: string) => boolean): string {
  const slug = toSlug(title)
  const short =
    slug.length <= LONGEST_ID ? slug : slug.slice(0, LONGEST_ID + 1).replace(/-[^-]*$/, '')
  let id = short
  for (let n = 2; taken(id); n++) id = `${short}-${n}`
  return id
}

/** An address normalized for comparison. */
export function urlKey(url: string): string {
  if (url.startsWith(ANCHOR_URL)) return url
  return url
    .replace(/^https?:\/\/(www\.)?/i, '')
    .replace(/#.*$/, '')
    .replace(/[?&]utm_[^&]*/g, '')
    .replace(/\/+$/, '')
    .toLowerCase()
}

function titleIndex(root: Root): number {
  return root.children.findIndex(
    (node) =>
      (node.type === 'heading' || node.type === 'paragraph') && isSourcesTitle(plainText(node)),
  )
}

function takeSection(root: Root, start: number): RootContent[] {
  const title = root.children[start]
  const depth = title?.type === 'heading' ? title.depth : 6
  const after = root.children.findIndex(
    (node, i) => i > start && node.type === 'heading' && node.depth <= depth,
  )
  return root.children.splice(start, (after === -1 ? root.children.length : after) - start).slice(1)
}
