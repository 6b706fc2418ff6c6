/** Replaces links to sources by source marks at the end of their paragraph, list item or table row. */
import type { Link, PhrasingContent, Root, RootContent, Text } from 'mdast'
import type { SourceTable } from '../../src/engine/guides/guide.ts'
import { ANCHOR_URL, isReference } from './page.ts'
import { addSource, type DraftSources, urlKey } from './sources.ts'
import { plainText } from './tidy.ts'

/** Marks the body; returns what could not be placed. On a page without a sources section every link counts as a source. */
export function placeMarks(root: Root, drafted: DraftSources, known: SourceTable): string[] {
  const notPlaced: string[] = []
  const sourceOf = (link: Link): string | undefined => {
    const found = drafted.idOf.get(urlKey(link.url))
    if (found !== undefined || link.url.startsWith(ANCHOR_URL)) return found
    const listed = [...known.values()].find(
      (source) => source.url && urlKey(source.url) === urlKey(link.url),
    )
    if (drafted.hasSection && !listed) {
      notPlaced.push(
        `link to ${link.url} ("${plainText(link)}"): not among the page's sources, kept as a link`,
      )
      return undefined
    }
    const title = listed?.title ?? plainText(link)
    return addSource(drafted, { title, url: link.url, keys: [] }, known)
  }
  const walk = (node: RootContent | Root): string[] => {
    if (!('children' in node)) return []
    const ids: string[] = []
    const children: RootContent[] = []
    const last = node.children.findLast(
      (child) => child.type !== 'text' || /\p{L}/u.test(child.value),
    )
    for (const child of node.children) {
      if (child.type !== 'link') {
        ids.push(...walk(child))
        children.push(child)
        continue
      }
      const id = sourceOf(child)
      if (id !== undefined) ids.push(id)
      if (id === undefined && !child.url.startsWith(ANCHOR_URL)) children.push(child)
      else if (isAnnounced(children.at(-1))) continue
      else if (!isReference(plainText(child))) {
        children.push(...child.children)
        if (child === last && node.children.length > 1)
          notPlaced.push(
            `"${plainText(child)}": words of a source link kept at the end of a sentence: remove them if they only named the source`,
          )
      }
    }
    // Safe for any node type: links are only replaced by their own text, which the node already contained.
    node.children = children as typeof node.children
    const unique = [...new Set(ids)]
    if (unique.length === 0) return []
    if (node.type === 'paragraph') mark(node.children, unique)
    else if (node.type === 'tableRow') mark(node.children.at(-1)?.children ?? [], unique)
    else if (node.type === 'heading')
      notPlaced.push(
        `source link in the heading "${plainText(node)}": mark the text below it with ${unique.map((one) => `[^${one}]`).join('')}`,
      )
    else return unique
    return []
  }
  walk(root)
  return notPlaced
}

/** "(source: " before a link: the link's words only name the source, which the mark now does. */
function isAnnounced(before: RootContent | undefined): boolean {
  return (
    before?.type === 'text' && /[([]\s*(?:source|fuente|see|ver)s?\s*:?\s*$/i.test(before.value)
  )
}

/** Puts marks after the last word, and removes brackets and words that only introduced a link. */
function mark(children: PhrasingContent[], ids: readonly string[]): void {
  joinTexts(children)
  for (const child of children) if (child.type === 'text') child.value = withoutRemains(child.value)
  const last = children.at(-1)
  if (last?.type === 'text') {
    last.value = last.value.trimEnd().replace(/[\s,;–—-]*\(?(?:source|fuente)s?:?$/i, '')
  }
  for (const id of ids) children.push({ type: 'footnoteReference', identifier: id, label: id })
}

function withoutRemains(text: string): string {
  return text
    .replace(/\s*[([]\s*(?:(?:see|ver|source|fuente)s?:?)?[\s,;]*[)\]]/gi, '')
    .replace(/\s+([.,;:])(?=\s|$)/g, '$1')
}

function joinTexts(children: PhrasingContent[]): void {
  for (let i = children.length - 1; i > 0; i--) {
    const [before, after] = [children[i - 1], children[i]]
    if (before?.type !== 'text' || after?.type !== 'text') continue
    const joined: Text = { type: 'text', value: before.value + after.value }
    children.splice(i - 1, 2, joined)
  }
}
