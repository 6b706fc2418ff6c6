/** Restores the structure of old pages: layout tables become boxes, large type headings, line breaks paragraphs and lists. */
import type { Element, ElementContent, Root } from 'hast'
import { selectAll } from 'hast-util-select'
import { toString as textOf } from 'hast-util-to-string'
import { visit } from 'unist-util-visit'

const BLOCK =
  /^(address|article|aside|blockquote|center|details|dd|div|dl|dt|figure|figcaption|footer|h[1-6]|header|hr|li|main|ol|p|pre|section|summary|table|tbody|td|tfoot|th|thead|tr|ul)$/
const HEADING = /^h[1-6]$/
/** Characters: longer text is not a heading, whatever its type. */
const LONGEST_HEADING = 90

export function restoreLayout(root: Root): void {
  visit(root, 'element', (element) => {
    if (element.tagName === 'center') element.tagName = 'div'
    if (element.tagName === 'summary') questionToHeading(element)
    if (element.tagName === 'caption') dropCaption(element)
    if (element.tagName === 'table' && isLayout(element)) unwrapTable(element)
  })
  restoreParagraphs(root)
  if (selectAll('h2, h3, h4', root).length < 2) promoteHeadings(root)
  for (const cell of selectAll('td, th', root)) flattenCell(cell)
}

/** A data table has header cells, or short cells in rows of equal width; a table with headings or tables in it is layout. */
function isLayout(table: Element): boolean {
  const inner = { type: 'root' as const, children: table.children }
  if (selectAll('table, h1, h2, h3, p > b:only-child, p + p', inner).length > 0) return true
  if (selectAll('th, thead', inner).length > 0) return false
  const rows = selectAll('tr', inner)
  const widths = rows.map((row) => selectAll('td', row).length)
  const cells = selectAll('td', inner)
  const longest = Math.max(0, ...cells.map((cell) => textOf(cell).trim().length))
  const breaks = Math.max(0, ...cells.map((cell) => selectAll('br', cell).length))
  return (
    rows.length < 2 ||
    widths.some((width) => width !== widths[0] || width < 2) ||
    longest > 600 ||
    breaks > 6
  )
}

function unwrapTable(table: Element): void {
  for (const part of [table, ...selectAll('tbody, thead, tfoot, tr, td, th', table)]) {
    if (/^(table|tbody|thead|tfoot|tr|td|th)$/.test(part.tagName) && !insideData(part, table))
      part.tagName = 'div'
  }
}

/** Whether a part belongs to a data table inside the layout table. */
function insideData(part: Element, outer: Element): boolean {
  return selectAll('table', outer).some(
    (table) => table !== outer && !isLayout(table) && (table === part || contains(table, part)),
  )
}

function contains(parent: Element, wanted: Element): boolean {
  return parent.children.some(
    (child) => child === wanted || (child.type === 'element' && contains(child, wanted)),
  )
}

/** The summary of a `details` element is the heading of what it opens. */
function questionToHeading(summary: Element): void {
  const text = textOf(summary).trim()
  summary.tagName = text.length <= LONGEST_HEADING ? 'h3' : 'p'
  if (summary.tagName === 'h3') summary.children = [{ type: 'text', value: text }]
}

function dropCaption(caption: Element): void {
  caption.children = []
}

/** Loose text in a box becomes paragraphs, separated by two line breaks, or a list where its lines have bullets. */
function restoreParagraphs(box: Root | Element): void {
  const inner = box.children as ElementContent[]
  for (const child of inner)
    if (child.type === 'element' && child.tagName !== 'pre') restoreParagraphs(child)
  if (
    'tagName' in box &&
    !/^(div|section|article|main|body|form|center|p|font|aside|footer)$/.test(box.tagName)
  )
    return
  const breaks = inner.filter((child) => isBreak(child)).length
  const blocks = inner.some((child) => child.type === 'element' && BLOCK.test(child.tagName))
  if (
    breaks === 0 &&
    !(blocks && inner.some((child) => child.type === 'text' && child.value.trim() !== ''))
  )
    return
  const made: ElementContent[] = []
  let lines: ElementContent[][] = [[]]
  const close = () => {
    made.push(...toBlocks(lines))
    lines = [[]]
  }
  for (const [at, child] of inner.entries()) {
    if (child.type === 'element' && BLOCK.test(child.tagName)) {
      close()
      made.push(child)
    } else if (isBreak(child)) {
      const next = inner.slice(at + 1).find((one) => !isBlank(one))
      if (next && isBreak(next)) close()
      else lines.push([])
    } else lines.at(-1)?.push(child)
  }
  close()
  box.children = made
  if ('tagName' in box && (box.tagName === 'p' || box.tagName === 'font')) box.tagName = 'div'
}

const isBreak = (node: ElementContent) => node.type === 'element' && node.tagName === 'br'
const isBlank = (node: ElementContent) => node.type === 'text' && node.value.trim() === ''
const BULLET = /^\s*[•·▪◦●‣*–-]\s+/

function toBlocks(lines: readonly ElementContent[][]): ElementContent[] {
  const full = lines.filter((line) => line.some((node) => !isBlank(node)))
  if (full.length === 0) return []
  const bulleted = full.filter((line) => BULLET.test(textOf({ type: 'root', children: line })))
  if (bulleted.length >= 2 && bulleted.length >= full.length - 1) {
    const items = bulleted.map((line) => box('li', withoutBullet(line)))
    const lead = full.filter((line) => !bulleted.includes(line))
    return [...lead.map((line) => box('p', line)), box('ul', items)]
  }
  const labelled = full.filter((line) =>
    /^\s*[^:]{2,40}:/.test(textOf({ type: 'root', children: line })),
  )
  if (full.length > 1 && labelled.length === full.length) return full.map((line) => box('p', line))
  return [
    box(
      'p',
      full.flatMap((line, i) =>
        i === 0 ? line : [{ type: 'text', value: ' ' } as const, ...line],
      ),
    ),
  ]
}

function withoutBullet(line: readonly ElementContent[]): ElementContent[] {
  const [first, ...rest] = line.filter((node, i) => i > 0 || !isBlank(node))
  if (first?.type === 'text') return [{ ...first, value: first.value.replace(BULLET, '') }, ...rest]
  return [...line]
}

/** An element without attributes. */
export const box = (tagName: string, children: ElementContent[]): Element => ({
  type: 'element',
  tagName,
  properties: {},
  children,
})

/** On a page without headings, a short line entirely in large or bold type becomes one. */
function promoteHeadings(root: Root): void {
  visit(root, 'element', (element) => {
    if (!/^(p|div|font|b|strong)$/.test(element.tagName)) return
    if (
      element.children.some(
        (child) =>
          child.type === 'element' && (BLOCK.test(child.tagName) || HEADING.test(child.tagName)),
      )
    )
      return
    const text = textOf(element).trim()
    if (text.length < 3 || text.length > LONGEST_HEADING || /[.:;,]$/.test(text)) return
    const level = typeLevel(element)
    if (level === undefined || /^(b|strong|font)$/.test(element.tagName)) return
    element.tagName = `h${level}`
    element.children = [{ type: 'text', value: text }]
  })
}

/** Heading level by type: 1 for the largest, 3 for bold; undefined when some of the text is plain. */
function typeLevel(element: Element, level?: number): number | undefined {
  const size = Number.parseInt(String(element.properties.size ?? ''), 10)
  const px = Number.parseFloat(
    /font-size:\s*([\d.]+)px/i.exec(String(element.properties.style ?? ''))?.[1] ?? '',
  )
  const own =
    size >= 6 || px >= 26
      ? 1
      : size >= 4 || px >= 18
        ? 2
        : /^(b|strong|big)$/.test(element.tagName)
          ? 3
          : undefined
  const best = own === undefined ? level : Math.min(own, level ?? own)
  let lowest: number | undefined
  for (const child of element.children) {
    if (child.type === 'text' && child.value.trim() === '') continue
    const inner = child.type === 'element' ? typeLevel(child, best) : best
    if (inner === undefined) return undefined
    lowest = Math.max(lowest ?? inner, inner)
  }
  return lowest
}

/** A cell of a Markdown table is one line: breaks become spaces, list items are separated by semicolons. */
function flattenCell(cell: Element): void {
  visit(cell, 'element', (element, index, parent) => {
    if (!parent || index === undefined) return
    if (element.tagName === 'br') parent.children[index] = { type: 'text', value: ' ' }
    else if (element.tagName === 'li') {
      element.tagName = 'span'
      const later = parent.children.slice(index + 1).some((one) => one.type === 'element')
      if (later) element.children.push({ type: 'text', value: '; ' })
    } else if (/^(ul|ol)$/.test(element.tagName)) element.tagName = 'span'
    else if (/^(p|div)$/.test(element.tagName)) {
      element.tagName = 'span'
      element.children.push({ type: 'text', value: ' ' })
    }
  })
}
