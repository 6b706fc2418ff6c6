/** Markdown as a browser shows it: the text of each paragraph, list item's paragraph and table cell. */
import { toString as textOf } from 'mdast-util-to-string'
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
