/** The parts that sections are made of: headings with a sentence, tables, figures with a caption, tiles. */
import { html } from 'hono/html'

/** Escaped HTML, as hono's `html` makes it: every other text that it is given is escaped. */
export type Html = ReturnType<typeof html>
type Content = Html | string | number

export function section(
  id: string,
  title: string,
  lead: Content,
  children: readonly Content[],
): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2><p class="lead">${lead}</p>${children}</section>`
}

/** A wide drawing scrolls inside its figure, by keyboard too. */
export function figure(title: string, drawing: Html, caption: Content): Html {
  return html`<figure><h3>${title}</h3>${scrolling(title, drawing)}<figcaption>${caption}</figcaption></figure>`
}

export type Cell =
  | Content
  | { readonly number: Content }
  | { readonly state: 'good' | 'bad' | 'same'; readonly word: string }

/** The first cell of a row names it. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): Html {
  const columns = head.map((name) => html`<th scope="col">${name}</th>`)
  const body = rows.map((row) => html`<tr>${row.map(toCell)}</tr>`)
  return scrolling(
    caption,
    html`<table><caption>${caption}</caption><thead><tr>${columns}</tr></thead><tbody>${body}</tbody></table>`,
  )
}

export function tile(value: string, name: string, note: string): Html {
  return html`<div class="tile"><p class="tile-value">${value}</p><p class="tile-name">${name}</p><p class="tile-note">${note}</p></div>`
}

function scrolling(label: string, content: Html): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${content}</div>`
}

function toCell(cell: Cell, i: number): Html {
  if (i === 0) return html`<th scope="row">${contentOf(cell)}</th>`
  if (typeof cell === 'object' && 'number' in cell)
    return html`<td class="number">${contentOf(cell)}</td>`
  return html`<td>${contentOf(cell)}</td>`
}

function contentOf(cell: Cell): Content {
  if (typeof cell === 'object' && 'number' in cell) return cell.number
  if (typeof cell === 'object' && 'state' in cell)
    return html`<span class="state ${cell.state}">${cell.word}</span>`
  return cell
}
