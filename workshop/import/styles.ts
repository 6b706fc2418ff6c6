/** Computes each element's styles from the page's own rules and attributes: enough of the cascade to tell what is visible. */
import { type CssAtRuleAST, type CssDeclarationAST, CssTypes, parse } from '@adobe/css-tools'
import type { Element, Root } from 'hast'
import { selectAll } from 'hast-util-select'
import { toString as textOf } from 'hast-util-to-string'
import { visit } from 'unist-util-visit'

/** Value by property, in lower case, after specificity, order and importance. */
export type Style = ReadonlyMap<string, string>

/** Width of a desktop window; rules for other widths or for print do not apply. */
export const WINDOW_WIDTH_PX = 1280
const PX_PER_EM = 16

type Declaration = { readonly property: string; readonly value: string; readonly weight: number }
type Rule = { readonly selector: string; readonly declarations: readonly Declaration[] }

/** Reads every `<style>` of the page and every `style` attribute. */
export function readStyles(tree: Root): (element: Element) => Style {
  const declared = new Map<Element, Declaration[]>()
  const add = (element: Element, declarations: readonly Declaration[]) =>
    declared.set(element, [...(declared.get(element) ?? []), ...declarations])
  const names = namesOf(tree)
  for (const [order, rule] of rulesOf(tree).entries()) {
    if (!mayMatch(rule.selector, names)) continue
    for (const element of matching(rule.selector, tree)) {
      const base = specificity(rule.selector) + order / 1e6
      add(
        element,
        rule.declarations.map((one) => ({ ...one, weight: one.weight + base })),
      )
    }
  }
  visit(tree, 'element', (element) => {
    const inline = element.properties.style
    if (typeof inline === 'string') add(element, declarationsOf(`x{${inline}}`, INLINE_WEIGHT))
  })
  const custom = new Map<string, string>()
  for (const { property, value } of [...declared.values()].flat())
    if (property.startsWith('--')) custom.set(property, value)
  const styles = new Map<Element, Style>()
  for (const [element, all] of declared) {
    all.sort((a, b) => a.weight - b.weight)
    styles.set(
      element,
      new Map(all.map(({ property, value }) => [property, resolved(value, custom)])),
    )
  }
  const none: Style = new Map()
  return (element) => styles.get(element) ?? none
}

const INLINE_WEIGHT = 1e7
const IMPORTANT_WEIGHT = 1e8

function rulesOf(tree: Root): Rule[] {
  const rules: Rule[] = []
  visit(tree, 'element', (element) => {
    if (element.tagName !== 'style') return
    const media = element.properties.media
    if (typeof media === 'string' && !mediaApplies(media)) return
    const css = textOf(element).replace(/<!--|-->/g, ' ')
    collect(parse(css, { silent: true }).stylesheet.rules, rules)
  })
  return rules
}

type CssNode = CssAtRuleAST | CssDeclarationAST

/** Nested rules are combined with the selector around them. */
function collect(nodes: readonly CssNode[], rules: Rule[], around = ['']): void {
  const own = nodes.filter((node) => node.type === CssTypes.declaration)
  if (own.length > 0) {
    const declarations = toDeclarations(own, 0)
    for (const selector of around) if (selector !== '') rules.push({ selector, declarations })
  }
  for (const node of nodes) {
    if (node.type === CssTypes.rule) {
      collect(
        node.declarations,
        rules,
        around.flatMap((outer) => node.selectors.map((inner) => nest(outer, inner))),
      )
    } else if (node.type === CssTypes.media) {
      if (mediaApplies(node.media)) collect(node.rules, rules, around)
    } else if (
      node.type !== CssTypes.startingStyle &&
      'rules' in node &&
      Array.isArray(node.rules)
    ) {
      collect(node.rules, rules, around)
    }
  }
}

function nest(outer: string, inner: string): string {
  if (inner.includes('&')) return inner.replaceAll('&', outer)
  return `${outer} ${inner}`.trim()
}

function mediaApplies(media: string): boolean {
  return media
    .toLowerCase()
    .split(',')
    .some((query) => {
      if (/^\s*(only\s+)?(print|speech)\b/.test(query)) return false
      const bound = (name: string) => {
        const match = new RegExp(`${name}-width\\s*:\\s*([\\d.]+)\\s*(px|r?em)`).exec(query)
        return match ? Number(match[1]) * (match[2] === 'px' ? 1 : PX_PER_EM) : undefined
      }
      const most = bound('max')
      const least = bound('min')
      return (
        (most === undefined || most >= WINDOW_WIDTH_PX) &&
        (least === undefined || least <= WINDOW_WIDTH_PX)
      )
    })
}

function declarationsOf(css: string, weight: number): Declaration[] {
  return parse(css, { silent: true }).stylesheet.rules.flatMap((node) =>
    node.type === CssTypes.rule
      ? toDeclarations(
          node.declarations.filter((one) => one.type === CssTypes.declaration),
          weight,
        )
      : [],
  )
}

function toDeclarations(nodes: readonly CssDeclarationAST[], weight: number): Declaration[] {
  return nodes.flatMap((node) => {
    const property = withoutEscapes(node.property).trim().toLowerCase()
    const written = withoutEscapes(node.value).replace(/\/\*[\s\S]*?\*\//g, ' ')
    const important = /!\s*important/i.test(written)
    const value = written
      .replace(/!\s*important/i, '')
      .trim()
      .toLowerCase()
    if (VALID[property]?.test(value) === false) return []
    return [{ property, value, weight: weight + (important ? IMPORTANT_WEIGHT : 0) }]
  })
}

/** Browsers ignore values that they do not know, so that an earlier declaration stays in force. */
const VALID: Record<string, RegExp> = {
  display:
    /^(none|block|inline|flow|flex|grid|table|list-item|contents|ruby|inherit|initial|unset|revert|-\w+-|var\()|^inline-/,
  visibility: /^(visible|hidden|collapse|inherit|initial|unset|revert|var\()/,
  opacity: /^([\d.+-]|calc|var\(|inherit|initial|unset)/,
  'font-size':
    /^([\d.+-]|calc|min|max|clamp|var\(|(x{0,3}-)?(small|large)|medium|inherit|initial|unset)/,
}

/** Decodes CSS escapes: `n\6fne` is `none`. */
function withoutEscapes(text: string): string {
  return text.replace(/\\(?:([0-9a-f]{1,6})\s?|(.))/gi, (_, hex?: string, sign?: string) =>
    hex ? String.fromCodePoint(Math.min(Number.parseInt(hex, 16), 0x10ffff)) : (sign ?? ''),
  )
}

/** Inserts the values of custom properties, and unwraps `calc()` around a single number. */
function resolved(value: string, custom: ReadonlyMap<string, string>): string {
  let text = value
  for (let depth = 0; depth < 8 && text.includes('var('); depth++) {
    text = text.replace(
      /var\(\s*(--[^\s,()]+)\s*(?:,([^()]*))?\)/g,
      (_, name: string, otherwise?: string) => custom.get(name) ?? otherwise?.trim() ?? '',
    )
  }
  return text.replace(/calc\(\s*([^()\s]+)\s*\)/g, '$1')
}

/** Ids, then classes, attributes and pseudo-classes, then tags, as the cascade counts them. */
function specificity(selector: string): number {
  const count = (pattern: RegExp) => selector.match(pattern)?.length ?? 0
  return (
    count(/#[\w-]/g) * 1e4 +
    count(/\.[\w\\-]|\[|(?<!:):(?!:)/g) * 100 +
    count(/(?:^|[\s>+~])[a-z]/gi)
  )
}

function namesOf(tree: Root): ReadonlySet<string> {
  const names = new Set<string>()
  visit(tree, 'element', ({ properties }) => {
    if (typeof properties.id === 'string') names.add(properties.id)
    if (Array.isArray(properties.className))
      for (const name of properties.className) names.add(String(name))
  })
  return names
}

/** Whether every class and id of a simple selector occurs on the page; saves searching for rules of other pages. */
function mayMatch(selector: string, names: ReadonlySet<string>): boolean {
  if (/[:[]|\\[0-9a-f]/i.test(selector)) return true
  return [...selector.matchAll(/[.#]((?:\\.|[^\s.#>+~,])+)/g)].every((match) =>
    names.has((match[1] ?? '').replace(/\\(.)/g, '$1')),
  )
}

/** Selectors that need a browser (`:hover`, `::before`) match nothing. */
function matching(selector: string, tree: Root): Element[] {
  try {
    return selectAll(selector, tree)
  } catch {
    return []
  }
}
