/** Markdown as a browser shows it: the text of each paragraph, list item's paragraph and table cell. */
import type { Nodes } from 'mdast'
import { parseMarkdown, visit } from './markdown.ts'

export function leafTexts(markdown: string): string[] {
  const texts: string[] = []
  visit(parseMarkdown(markdown), (node) => {
    const leaf =
      node.type === 'paragraph' ||
      node.type === 'tableCell' ||
      node.type === 'heading' ||
      node.type === 'code'
    if (leaf) texts.push(textOf(node))
  })
  return texts.filter((text) => text.trim() !== '')
}

/** What a browser prints: a hard break parts words, tags and the words that stand for an image are not shown. */
function textOf(node: Nodes): string {
  if (node.type === 'break') return '\n'
  if (node.type === 'html' || node.type === 'image') return ''
  if ('value' in node) return node.value
  return 'children' in node ? node.children.map(textOf).join('') : ''
}
