/** HTML and SVG as values: text is escaped unless it is markup already. */

export type Markup = { readonly markup: string }
export type Child = Markup | string | number
export type Attributes = Readonly<Record<string, string | number | undefined>>

const VOID = new Set(['meta', 'br', 'hr', 'img', 'link'])

export function tag(name: string, attributes: Attributes, children: readonly Child[] = []): Markup {
  const written = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [` ${key}="${escapeText(String(value))}"`],
  )
  const open = `<${name}${written.join('')}>`
  if (VOID.has(name)) return { markup: open }
  return { markup: `${open}${join(children).markup}</${name}>` }
}

export function join(children: readonly Child[]): Markup {
  return {
    markup: children
      .map((child) => (typeof child === 'object' ? child.markup : escapeText(String(child))))
      .join(''),
  }
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char)
}
