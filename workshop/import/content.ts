/**
 * Finds the content of a page. Defuddle decides what is content and what is navigation, banner, form or box; this file keeps
 * what Defuddle would drop but a guide needs: the quick scan and the sources, wherever a page puts them.
 */
import { DefuddleClass } from 'defuddle/node'
import type { Element, Root } from 'hast'
import { select } from 'hast-util-select'
import { toHtml } from 'hast-util-to-html'
import { toString as textOf } from 'hast-util-to-string'
import { parseHTML } from 'linkedom'
import { CONTINUE, SKIP, visit } from 'unist-util-visit'
import type { Dropped } from './dropped.ts'
import { coreLabelsIn, isQuickScanTitle, isSourcesTitle } from './labels.ts'

/** Elements whose text, if any, is shown only as a fallback. */
const NO_PROSE =
  /^(head|script|style|noscript|template|iframe|object|embed|applet|canvas|svg|math|video|audio|map|datalist|marquee|frameset|noframes|progress|meter)$/
/** Of those, the ones that are on every page: dropping them is not worth a line in the report. */
const NEVER_SHOWN = /^(head|script|style|noscript|template)$/
/** A part with less of the page's words than this is a box on it, not its content. */
const LEAST_SHARE = 0.3

/** Ids and classes by which Defuddle looks for the content. */
const CONTENT_NAME = /content|article|entry|post|main/i

const OPTIONS = {
  url: 'https://page.invalid/',
  // Hidden text is gone by now, by stricter rules than Defuddle's.
  removeHiddenElements: false,
  // Its scoring drops short texts such as phone numbers, its clean-up rewrites footnotes: both hold facts of a guide.
  removeLowScoring: false,
  removeContentPatterns: false,
  removeSmallImages: false,
  standardize: false,
  useAsync: false,
}

/** The part of the page that holds the guide, without what surrounds it; expects hidden text to be gone. */
export function findContent(tree: Root, dropped: Dropped): Root {
  dropEmbedded(tree, dropped)
  const body = select('body', tree)
  if (!body) return tree
  const main = extract(body)
  const { root, kept } = holdsGuide(main.root, body) ? main : extract(body, 'body')
  noteDropped(body, kept, dropped)
  const heading = select('h1', body)
  if (heading && !kept.has(heading)) root.children.unshift(heading)
  return root
}

/** Reads what the content may not say from the page's head: the language, the window's title. */
export function readPageHead(tree: Root): {
  language?: string
  windowTitle?: string
  stylesheets: number
} {
  const language = select('html', tree)?.properties.lang
  const title = select('title', tree)
  let stylesheets = 0
  visit(tree, 'element', ({ tagName, properties }) => {
    if (tagName === 'link' && String(properties.rel).includes('stylesheet')) stylesheets++
  })
  return {
    ...(typeof language === 'string' ? { language: language.slice(0, 2).toLowerCase() } : {}),
    ...(title ? { windowTitle: textOf(title).replace(/\s+/g, ' ').trim() } : {}),
    stylesheets,
  }
}

function dropEmbedded(tree: Root, dropped: Dropped): void {
  visit(tree, 'element', ({ tagName }, index, parent) => {
    if (!parent || index === undefined || !NO_PROSE.test(tagName)) return
    if (!NEVER_SHOWN.test(tagName)) dropped(tagName)
    parent.children.splice(index, 1)
    return [SKIP, index]
  })
}

type Extract = { readonly root: Root; readonly kept: ReadonlySet<Element> }

/** What Defuddle takes for content, with the elements of the page that it kept; looks for it in `contentSelector` alone. */
function extract(body: Element, contentSelector?: string): Extract {
  const elements: Element[] = []
  visit(body, 'element', (element) => {
    elements.push(element)
  })
  const { document } = parseHTML(`<!doctype html><html>${toHtml(toNumbered(body))}</html>`)
  const { content } = new DefuddleClass(document, { ...OPTIONS, contentSelector }).parse()
  const numbers = [...content.matchAll(/ data-number="(\d+)"/g)].map(([, number]) => Number(number))
  const kept = new Set(numbers.flatMap((number) => elements[number] ?? []))
  // The content is one element with all the others in it.
  const [top] = kept
  return { root: { type: 'root', children: top ? keptOf(top, kept).children : [] }, kept }
}

/** A numbered copy, in which elements with a part of the guide lose the tags and names by which Defuddle drops boxes. */
function toNumbered(body: Element): Element {
  const copy = structuredClone(body)
  let number = 0
  visit(copy, 'element', (element, _, parent) => {
    if (holdsPart(element)) {
      const { id, className } = element.properties
      if (/^(aside|footer|form|header)$/.test(element.tagName)) element.tagName = 'div'
      if (!CONTENT_NAME.test(`${id} ${className}`)) element.properties = {}
    }
    const isQuestion = parent && 'tagName' in parent && /^(h[1-6]|dt|summary)$/.test(parent.tagName)
    if (element.tagName === 'button' && isQuestion) element.tagName = 'span'
    // A link to a source on the page is often of a class "reference".
    if (String(element.properties.href).startsWith('#')) delete element.properties.className
    element.properties.dataNumber = number++
  })
  return copy
}

function keptOf(element: Element, kept: ReadonlySet<Element>): Element {
  const children = element.children
    .filter((child) => child.type !== 'element' || kept.has(child))
    .map((child) => (child.type === 'element' ? keptOf(child, kept) : child))
  return { ...element, children }
}

/** Notes the outermost elements that were not kept, by the name of their tag. */
function noteDropped(body: Element, kept: ReadonlySet<Element>, dropped: Dropped): void {
  const holdsKept = (element: Element): boolean =>
    kept.has(element) ||
    element.children.some((child) => child.type === 'element' && holdsKept(child))
  visit(body, 'element', (element) => {
    if (holdsKept(element)) return CONTINUE
    if (textOf(element).trim() !== '') dropped(element.tagName)
    return SKIP
  })
}

/** Whether a part of the page has enough of its words and every part that a guide is known by. */
function holdsGuide(candidate: Root, body: Element): boolean {
  const text = textOf(candidate)
  const whole = textOf(body)
  const scan = coreLabelsIn(whole) < 2 || coreLabelsIn(text) >= 2
  return (
    text.length > whole.length * LEAST_SHARE && scan && (!hasTitled(body) || hasTitled(candidate))
  )
}

/** A quick scan or a sources section is content wherever the page puts it; old pages are one form as a whole. */
function holdsPart(element: Element): boolean {
  return (
    Boolean(select('h1, main, article', element)) ||
    hasTitled(element) ||
    coreLabelsIn(textOf(element)) >= 2
  )
}

/** Whether it has the title of a quick scan or of a sources section in it. */
function hasTitled(parent: Element | Root): boolean {
  let found = false
  visit(parent, 'element', (inner) => {
    if (!/^(h[2-6]|summary|caption|strong|b|p|dt)$/.test(inner.tagName)) return
    const text = textOf(inner)
    if (isQuickScanTitle(text) || isSourcesTitle(text)) found = true
  })
  return found
}
