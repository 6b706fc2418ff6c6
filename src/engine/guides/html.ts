/** Guides and passages as HTML: the canonical Markdown, with heading anchors and numbered links to sources. */
import type { Element, ElementContent, Root } from 'hast'
import { toHtml } from 'hast-util-to-html'
import { toString as textOf } from 'hast-util-to-string'
import { toHast } from 'mdast-util-to-hast'
import type { BlockPart, Guide } from '../core/guide.ts'
import { type GuideRenderer, type SourceMarkText, sourceAnchor } from '../core/guide-renderer.ts'
import { addLinks } from './html-links.ts'
import { parseMarkdown } from './markdown.ts'

export function createGuideRenderer(): GuideRenderer {
  return {
    guide(guide, { mark, exit }) {
      const root = toTree(guide.text)
      placeAnchors(root, guide)
      const items = markables(root)
      for (const part of partsOf(guide)) {
        const target = items.get(part.span.start)
        if (!target) continue
        addLinks(target, exit(part.sourceIds))
        addMarks(target, part, mark)
      }
      return toHtml(root)
    },
    passage(markdown, exit) {
      const root = toTree(markdown)
      for (const block of elementsOf(root)) addLinks(block, exit)
      return toHtml(root)
    },
  }
}

/** Raw HTML in the Markdown is left out, and so are links to anything but web, mail, phone and page addresses. */
function toTree(markdown: string): Root {
  const tree = toHast(parseMarkdown(markdown))
  const root: Root = tree.type === 'root' ? tree : { type: 'root', children: [] }
  walk(root, (element) => {
    const { href } = element.properties
    if (typeof href === 'string' && !/^(https?:|mailto:|tel:|[#/?.])/i.test(href))
      delete element.properties.href
    if (element.tagName === 'table') labelTable(element)
    if (element.tagName === 'li' && element.properties.className) toChecklistItem(element)
  })
  return root
}

function walk(parent: Root | Element, visitor: (element: Element) => void): void {
  for (const child of parent.children) {
    if (child.type !== 'element') continue
    visitor(child)
    walk(child, visitor)
  }
}

const elementsOf = (parent: Root | Element): Element[] =>
  parent.children.flatMap((child): Element[] => (child.type === 'element' ? [child] : []))

function element(
  tagName: string,
  properties: Element['properties'],
  children: ElementContent[] = [],
): Element {
  return { type: 'element', tagName, properties, children }
}

/** Gives each heading its section's anchor; headings and the sections that have one are in the same order. */
function placeAnchors(root: Root, guide: Guide): void {
  const anchors = guide.sections.filter((section) => section.headingPath.length > 0)
  const headings = elementsOf(root).filter((child) => /^h[1-6]$/.test(child.tagName))
  for (const [i, heading] of headings.entries()) {
    const anchor = anchors[i]?.anchor
    if (anchor === undefined) continue
    heading.properties.id = anchor
    heading.children.push(
      element('a', {
        className: ['anchor'],
        href: `#${anchor}`,
        ariaLabel: `# ${textOf(heading)}`,
      }),
    )
  }
}

function partsOf(guide: Guide): BlockPart[] {
  return guide.sections.flatMap((section) => section.blocks.flatMap((block) => block.parts))
}

/** Elements that source marks attach to (top-level blocks, list items, table rows), by their offset in the text. */
function markables(root: Root): Map<number, Element> {
  const found = new Map<number, Element>()
  const add = (target: Element) => {
    const start = target.position?.start.offset
    if (start !== undefined) found.set(start, target)
  }
  for (const block of elementsOf(root)) {
    if (block.tagName === 'ul' || block.tagName === 'ol') elementsOf(block).forEach(add)
    else if (block.tagName === 'table') elementsOf(block).flatMap(elementsOf).forEach(add)
    else if (!/^h[1-6]$/.test(block.tagName)) add(block)
  }
  return found
}

/** The style sheet draws the numbers, so that copied and searched text is the guide's own. */
function addMarks(
  target: Element,
  part: BlockPart,
  mark: (sourceId: string) => SourceMarkText | undefined,
): void {
  const links = part.sourceIds.flatMap((id): Element[] => {
    const text = mark(id)
    if (!text) return []
    const { number, label } = text
    return [
      element('a', {
        href: `#${sourceAnchor(id)}`,
        dataN: String(number),
        ariaLabel: label,
        title: label,
      }),
    ]
  })
  if (links.length === 0) return
  lastLeaf(target).children.push(element('sup', { className: ['marks'] }, links))
}

/** The element that holds the last words. */
function lastLeaf(target: Element): Element {
  const last = elementsOf(target).findLast((child) =>
    /^(p|ul|ol|li|td|th|div|blockquote)$/.test(child.tagName),
  )
  return last ? lastLeaf(last) : target
}

/** On narrow screens the style sheet turns rows into cards: roles keep the table readable, labels repeat the column heads. */
function labelTable(table: Element): void {
  table.properties.role = 'table'
  const [head, ...rest] = elementsOf(table)
  const columns = head ? elementsOf(head).flatMap(elementsOf).map(textOf) : []
  for (const group of [head, ...rest]) {
    if (!group) continue
    group.properties.role = 'rowgroup'
    for (const row of elementsOf(group)) {
      row.properties.role = 'row'
      for (const [i, cell] of elementsOf(row).entries()) {
        cell.properties.role = cell.tagName === 'th' ? 'columnheader' : 'cell'
        if (cell.tagName === 'th') cell.properties.scope = 'col'
        else cell.properties.dataLabel = columns[i] ?? ''
      }
    }
  }
}

/** A box to tick, on the screen and on paper, beside a block with the text. */
function toChecklistItem(item: Element): void {
  const holder = elementsOf(item).find((child) => child.tagName === 'p') ?? item
  const box = elementsOf(holder).find((child) => child.tagName === 'input')
  if (!box) return
  holder.children = holder.children.filter((child) => child !== box)
  const label = textOf(holder).trim()
  const words = element('div', {}, item.children)
  item.children = [
    element('input', {
      type: 'checkbox',
      ariaLabel: label,
      ...(box.properties.checked ? { checked: true } : {}),
    }),
    words,
  ]
}
