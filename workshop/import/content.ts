/** Finds the content of a page and drops what stands around it: navigation, banners, forms, scripts, asides. */
import type { Element, Root } from 'hast'
import { select } from 'hast-util-select'
import { toString as textOf } from 'hast-util-to-string'
import { CONTINUE, SKIP, visit } from 'unist-util-visit'
import type { Dropped } from './dropped.ts'
import { coreLabelsIn, isQuickScanTitle, isSourcesTitle } from './labels.ts'

/** Elements that never hold the text of a guide. */
const NEVER = new Set(
  'head script style noscript template iframe object embed applet canvas svg math video audio map nav form button input select textarea fieldset datalist dialog menu meta link base marquee frameset frame noframes progress meter portal'.split(
    ' ',
  ),
)
const NEVER_ROLE =
  /^(navigation|banner|contentinfo|search|dialog|alertdialog|alert|menu|menubar|toolbar|form|button|tablist|tooltip|status)$/
const NEVER_CLASS = new RegExp(
  `^(?!(?:has|no|with|without|hide)-)(?:.*[-_])?(${[
    '(?:cookies?|cookiebar|consent|gdpr|newsletter|breadcrumbs?|popup|modal|sharedaddy)(?:[-_].*)?',
    'subscribe|sidebar|sharing|comments|comments?-area|respond|related-?posts?|lightbox|advert\\w*|ads|adsbygoogle|promo',
    '(?:social|share)-(?:share|buttons?|links?|icons?|media|bar)|toc|table-of-contents|pagination|pager|skip-?link',
    'navbar|navigation|nav|main-menu|site-(?:header|footer|nav)|masthead|colophon|topbar|author-box|widget-area|back-to-top',
  ].join('|')})$`,
  'i',
)
const CONTENT_ROOTS = [
  'main',
  '[role=main]',
  'article',
  '#content',
  '#main',
  '.entry-content',
  '#contenido',
  '.post-content',
  'body',
]

/** The part of the page that holds the guide, without what stands around it; expects hidden text to be gone. */
export function findContent(tree: Root, dropped: Dropped): Root {
  dropAround(tree, dropped)
  const body = select('body', tree) ?? tree
  const heading = select('h1', body)
  const found = CONTENT_ROOTS.map((selector) => select(selector, tree)).find(
    (candidate) => candidate && holdsAll(candidate, body),
  )
  const root: Root = { type: 'root', children: [...(found ?? body).children] }
  if (heading && !holds(root, heading)) root.children.unshift(heading)
  return root
}

/** Whether a part of the page holds most of its text and the blocks that a guide is known by. */
function holdsAll(candidate: Element, body: Element | Root): boolean {
  const text = textOf(candidate)
  const whole = textOf(body)
  const scan = coreLabelsIn(whole) < 2 || coreLabelsIn(text) >= 2
  return text.length > whole.length * 0.3 && scan && (!hasTitled(body) || hasTitled(candidate))
}

/** Reads from a page's own words what the content may not say: the language, the window's title. */
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

function dropAround(root: Root, dropped: Dropped): void {
  visit(root, 'element', (element, index, parent) => {
    if (!parent || index === undefined) return CONTINUE
    const kind = aroundKind(element)
    if (kind === undefined || isQuestionButton(element, parent)) return CONTINUE
    if (kind !== '') dropped(kind)
    parent.children.splice(index, 1)
    return [SKIP, index]
  })
}

/** What an element is instead of content; empty for what a reader never sees as text. */
function aroundKind(element: Element): string | undefined {
  const { tagName, properties } = element
  if (tagName === 'form' && holdsKept(element)) return undefined
  if (NEVER.has(tagName))
    return /^(script|style|head|meta|link|base|noscript|template)$/.test(tagName) ? '' : tagName
  const role = String(properties.role ?? '').toLowerCase()
  if (NEVER_ROLE.test(role)) return role
  const about = tagName === 'header' ? Boolean(select('h1', element)) : holdsKept(element)
  if (about) return undefined
  if (tagName === 'header' || tagName === 'footer' || tagName === 'aside') return tagName
  if (role === 'complementary' || role === 'doc-toc') return role
  const names = [
    ...(Array.isArray(properties.className) ? properties.className : []),
    ...(isBox(element) ? [properties.id ?? ''] : []),
  ]
  const isAround = names.some((one) => NEVER_CLASS.test(String(one)))
  return isAround && !/^(main|article|body)$/.test(tagName)
    ? 'menu, banner or box by its class'
    : undefined
}

const isBox = ({ tagName }: Element) => /^(div|section|table|td|ul|ol|p)$/.test(tagName)

/** A quick scan or a sources section is content wherever the page puts it; old pages are one form as a whole. */
function holdsKept(element: Element): boolean {
  const text = textOf(element)
  return (
    Boolean(select('h1, main, article', element)) || hasTitled(element) || coreLabelsIn(text) >= 2
  )
}

function hasTitled(parent: Element | Root): boolean {
  let found = false
  visit(parent, 'element', (inner) => {
    if (!/^(h[2-6]|summary|caption|strong|b|p|dt)$/.test(inner.tagName)) return
    const text = textOf(inner)
    if (isQuickScanTitle(text) || isSourcesTitle(text)) found = true
  })
  return found
}

/** The questions of an accordion are buttons inside headings. */
function isQuestionButton(element: Element, parent: Root | Element): boolean {
  return (
    element.tagName === 'button' &&
    'tagName' in parent &&
    /^(h[1-6]|dt|summary)$/.test(parent.tagName)
  )
}

function holds(root: Root, wanted: Element): boolean {
  let found = false
  visit(root, 'element', (element) => {
    if (element === wanted) found = true
  })
  return found
}
