/** Reads a saved page, HTML or Markdown, into a Markdown tree of its visible content. */
import type { Element, Root as PageTree } from 'hast'
import { select } from 'hast-util-select'
import { toString as textOf } from 'hast-util-to-string'
import type { Root } from 'mdast'
import rehypeParse from 'rehype-parse'
import rehypeRaw from 'rehype-raw'
import rehypeRemark from 'rehype-remark'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'
import { SKIP, visit } from 'unist-util-visit'
import { parseDocument } from 'yaml'
import { normalizeText } from '../../src/engine/guides/front-matter.ts'
import { findContent, readPageHead } from './content.ts'
import type { Dropped } from './dropped.ts'
import { removeHidden } from './hidden.ts'
import { box, restoreLayout } from './layout.ts'

export type PageFormat = 'html' | 'markdown'

export type Page = {
  readonly tree: Root
  readonly language?: string
  readonly windowTitle?: string
  /** All visible words of the page, before navigation and the like were dropped. */
  readonly visibleText: string
  /** Linked stylesheets, which are not read: what they hide is not known. */
  readonly unreadStylesheets: number
}

/** Links between a reference and the source it points to, by the source's id on the page. */
export const ANCHOR_URL = 'https://anchor.invalid/'

export function readPage(content: string, format: PageFormat, dropped: Dropped): Page {
  const text = normalizeText(content)
  const front = format === 'markdown' ? /^---\n([\s\S]*?)\n---(?:\n|$)/.exec(text) : null
  const tree =
    format === 'html' ? parseHtml(text) : parseMarkdownPage(text.slice(front?.[0].length ?? 0))
  const head = readPageHead(tree)
  const given: Record<string, unknown> = front ? (parseDocument(front[1] ?? '').toJS() ?? {}) : {}
  const said = (name: string) => (typeof given[name] === 'string' ? given[name] : undefined)
  if (front) dropped('front matter of the page, but for its title and language')
  removeHidden(tree, dropped)
  const visibleText = wordsOf(tree)
  const root = findContent(tree, dropped)
  restoreLayout(root)
  joinReferences(root)
  dropLinkLists(root, dropped)
  keepOnly(root, dropped)
  const title = said('title') ?? head.windowTitle
  const language = said('language') ?? said('lang') ?? head.language
  return {
    tree: unified().use(rehypeRemark).runSync(root) as Root,
    ...(language ? { language } : {}),
    ...(title ? { windowTitle: title } : {}),
    visibleText,
    unreadStylesheets: head.stylesheets,
  }
}

/** All text of the page; elements separate words. */
function wordsOf(tree: PageTree): string {
  const words: string[] = []
  visit(tree, 'text', ({ value }) => {
    words.push(value)
  })
  return words.join(' ').replace(/\s+/g, ' ')
}

/** A list of nothing but links inside the site is a table of contents or a menu. */
function dropLinkLists(root: PageTree, dropped: Dropped): void {
  visit(root, 'element', (element, index, parent) => {
    if (!parent || index === undefined || !/^(ul|ol)$/.test(element.tagName)) return
    let linked = 0
    visit(element, 'element', (inner) => {
      const href = inner.properties.href
      if (typeof href === 'string' && !/^https?:/i.test(href)) linked += textOf(inner).trim().length
    })
    if (linked === 0 || linked < textOf(element).replace(/\s+/g, ' ').trim().length * 0.9) return
    dropped('list of links inside the site')
    parent.children.splice(index, 1)
    return [SKIP, index]
  })
}

function parseHtml(text: string): PageTree {
  return unified().use(rehypeParse).parse(text)
}

/** Markdown may contain HTML, with hidden text: it is processed in the same way. */
function parseMarkdownPage(text: string): PageTree {
  const processor = unified()
    .use(remarkParse)
    .use(remarkGfm)
    .use(remarkRehype, {
      allowDangerousHtml: true,
      footnoteLabel: 'Sources',
      footnoteLabelProperties: {},
    })
    .use(rehypeRaw)
  const { children } = processor.runSync(processor.parse(text))
  const inner = children.filter((child) => child.type !== 'doctype')
  // Style rules may name elements that Markdown does not have.
  return { type: 'root', children: [box('html', [box('body', inner)])] }
}

/** Joins footnote numbers and links to an entry of the sources section with that entry, by an address of its own. */
function joinReferences(root: PageTree): void {
  const targets = new Map<string, Element>()
  visit(root, 'element', (element, _, parent) => {
    const box = parent && 'tagName' in parent && element.tagName === 'a' ? parent : element
    for (const name of [element.properties.id, element.properties.name])
      if (typeof name === 'string') targets.set(name, box)
  })
  const joined = new Set<string>()
  visit(root, 'element', (element) => {
    const href = element.properties.href
    if (element.tagName !== 'a' || typeof href !== 'string' || !href.startsWith('#')) return
    const name = href.slice(1)
    const target = targets.get(name)
    if (!target || !/^(li|tr|p|dt|dd|div)$/.test(target.tagName) || !isReference(textOf(element)))
      return
    element.properties.href = ANCHOR_URL + encodeURIComponent(name)
    if (joined.has(name)) return
    joined.add(name)
    const place = innermost(target)
    place.children.unshift({
      type: 'element',
      tagName: 'a',
      properties: { href: element.properties.href },
      children: [{ type: 'text', value: REFERENCE_SIGN }],
    })
  })
}

/** Placeholder text of a link that marks a source's entry; never in a draft. */
export const REFERENCE_SIGN = '\u2042'

/** Whether a link's text only points to a source: a number, a star or a word like "source". */
export function isReference(text: string): boolean {
  return /^[\s[\]()\d*†‡§⁂¹²³⁰⁴-⁹,]*((source|fuente|ref)s?\.?)?[\s\])\d]*$/i.test(text)
}

function innermost(target: Element): Element {
  const first = target.children.find(
    (child) => child.type === 'element' && /^(p|td|th)$/.test(child.tagName),
  )
  return first?.type === 'element' ? first : target
}

/** Drops images and attributes (readers do not see titles), and keeps links that lead to another site. */
function keepOnly(root: PageTree, dropped: Dropped): void {
  visit(root, 'element', (element, index, parent) => {
    if (!parent || index === undefined) return
    const { tagName, properties } = element
    const isBack =
      properties.dataFootnoteBackref !== undefined ||
      /^[↩↑^\s]+$/.test(tagName === 'a' ? textOf(element) : 'x')
    const isPicture = /^(img|picture|source|track|rp)$/.test(tagName) || isPictureBox(element)
    if (isPicture || isBack) {
      if (isPicture) dropped('image')
      parent.children.splice(index, 1)
      return [SKIP, index]
    }
    const href = typeof properties.href === 'string' ? properties.href.trim() : ''
    const { colSpan, rowSpan, start } = properties
    element.properties = {
      ...(colSpan ? { colSpan } : {}),
      ...(rowSpan ? { rowSpan } : {}),
      ...(start ? { start } : {}),
    }
    if (tagName !== 'a') return
    if (/^https?:\/\//i.test(href)) element.properties.href = href
    else {
      if (href !== '')
        dropped(
          /^(tel|mailto):/i.test(href)
            ? 'phone or mail link, its words kept'
            : 'link inside the site, its words kept',
        )
      element.tagName = 'span'
    }
  })
}

/** A figure of an image is dropped with its caption. */
function isPictureBox(element: Element): boolean {
  return (
    element.tagName === 'figure' && Boolean(select('img', element)) && !select('table, p', element)
  )
}
