/** Phone numbers and addresses of public portals in a guide's text become links; the text itself stays as it is. */
import type { Element, ElementContent } from 'hast'
import type { ExitText } from '../core/guide-renderer.ts'
import { PHONE, telAddress } from '../core/phone.ts'

/** A portal of the Mexican government, with or without `https://`. */
const PORTAL =
  /(?<![\w@./-])(?:https?:\/\/)?(?:[a-z0-9-]+\.)*gob\.mx(?:\/[\w\-./?=&#%]*[\w/])?(?![\w@])/gi
const ADDRESS = new RegExp(`${PORTAL.source}|${PHONE.source}`, 'gi')
/** Elements whose text is a link already, or code. */
const LEFT_ALONE = new Set(['a', 'code', 'pre'])

/** Links what is not linked yet, in place; `exit` describes the links that leave the site. */
export function addLinks(parent: Element, exit: ExitText): void {
  parent.children = parent.children.flatMap((child): ElementContent[] => {
    if (child.type === 'text') return linked(child.value, exit)
    if (child.type !== 'element') return [child]
    if (child.tagName === 'a') markExit(child, exit)
    else if (!LEFT_ALONE.has(child.tagName)) addLinks(child, exit)
    return [child]
  })
}

function linked(text: string, exit: ExitText): ElementContent[] {
  const parts: ElementContent[] = []
  let from = 0
  for (const match of text.matchAll(ADDRESS)) {
    const [found] = match
    if (match.index > from) parts.push({ type: 'text', value: text.slice(from, match.index) })
    parts.push(toLink(found, exit))
    from = match.index + found.length
  }
  if (from < text.length) parts.push({ type: 'text', value: text.slice(from) })
  return parts
}

function toLink(found: string, exit: ExitText): Element {
  const isPortal = /gob\.mx/i.test(found)
  const href = !isPortal ? telAddress(found) : /^https?:/i.test(found) ? found : `https://${found}`
  const link: Element = {
    type: 'element',
    tagName: 'a',
    properties: { href },
    children: [{ type: 'text', value: found }],
  }
  if (isPortal) markExit(link, exit)
  return link
}

function markExit(link: Element, { label, drawn }: ExitText): void {
  const { href } = link.properties
  if (typeof href !== 'string' || !/^https?:/i.test(href)) return
  link.properties = { ...link.properties, rel: ['external'], dataExit: drawn, title: label }
}
