/** Shapes the Markdown tree of a page like a guide's body: no title, headings from `##`, text only. */
import type { Heading, Root, RootContent } from 'mdast'
import { toString as textOf } from 'mdast-util-to-string'
import remarkGfm from 'remark-gfm'
import remarkStringify from 'remark-stringify'
import { unified } from 'unified'
import { SKIP, visit } from 'unist-util-visit'

/** Removes the first heading of level 1 and returns its text. */
export function takeTitle(root: Root): string | undefined {
  const index = root.children.findIndex((node) => node.type === 'heading' && node.depth === 1)
  if (index === -1) return undefined
  const [title] = root.children.splice(index, 1)
  return title ? plainText(title) : undefined
}

/** Removes what a guide does not have: images, rules, HTML and empty nodes. */
export function tidy(root: Root): void {
  visit(root, (node, index, parent) => {
    if (!parent || index === undefined) return
    const empty =
      (node.type === 'paragraph' || node.type === 'heading' || node.type === 'link') &&
      plainText(node) === ''
    if (empty || node.type === 'html' || node.type === 'image' || node.type === 'thematicBreak') {
      parent.children.splice(index, 1)
      return [SKIP, index]
    }
    if (node.type === 'list' && node.children.length === 0) {
      parent.children.splice(index, 1)
      return [SKIP, index]
    }
    return
  })
  levelHeadings(root)
}

/** The highest heading becomes `##`, and none is more than one level below the one before it. */
function levelHeadings(root: Root): void {
  const headings = root.children.filter((node) => node.type === 'heading')
  const highest = Math.min(...headings.map((heading) => heading.depth))
  let last = 1
  for (const heading of headings) {
    const depth = Math.max(2, Math.min(heading.depth - highest + 2, last + 1, 6))
    // Between 2 and 6 by the line above.
    heading.depth = depth as Heading['depth']
    last = depth
  }
}

/** Removes headings without text below them, and returns them. */
export function takeEmptyHeadings(root: Root): string[] {
  const taken: string[] = []
  for (let index = root.children.length - 1; index >= 0; index--) {
    const node = root.children[index]
    const next = root.children[index + 1]
    if (node?.type !== 'heading') continue
    if (next === undefined || (next.type === 'heading' && next.depth <= node.depth)) {
      taken.unshift(plainText(node))
      root.children.splice(index, 1)
    }
  }
  return taken
}

/** A node's words on one line. */
export function plainText(node: RootContent | Root): string {
  return linesOf(node).join(' ').replace(/\s+/g, ' ').trim()
}

/** A node's words, a line for every break, paragraph, item and cell. */
export function linesOf(node: RootContent | Root): string[] {
  const text = (one: RootContent | Root): string => {
    if (one.type === 'break') return '\n'
    if (one.type === 'image' || one.type === 'html') return ''
    if (!('children' in one)) return textOf(one)
    const end = /^(paragraph|listItem|tableCell|heading)$/.test(one.type) ? '\n' : ''
    return one.children.map(text).join('') + end
  }
  return text(node)
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
}

export function toMarkdown(root: Root): string {
  visit(root, 'break', (_, index, parent) => {
    if (parent && index !== undefined) parent.children[index] = { type: 'text', value: ' ' }
  })
  visit(root, 'heading', (heading) => {
    heading.children = [{ type: 'text', value: plainText(heading) }]
  })
  return unified()
    .use(remarkGfm, { tablePipeAlign: false })
    .use(remarkStringify, { bullet: '-', listItemIndent: 'one', rule: '-' })
    .stringify(root)
}
