/** The parts that sections are made of: headings with a sentence, tables, figures with a caption, tiles. */
import { type Child, join, type Markup, tag } from './markup.ts'

export function section(
  id: string,
  title: string,
  lead: Child,
  children: readonly Child[],
): Markup {
  return tag('section', { id, 'aria-labelledby': `${id}-title` }, [
    tag('h2', { id: `${id}-title` }, [title]),
    tag('p', { class: 'lead' }, [lead]),
    ...children,
  ])
}

/** Wide drawings scroll inside their figure, by keyboard too. */
export function figure(title: string, plot: Markup, caption: Child): Markup {
  return tag('figure', {}, [
    tag('h3', {}, [title]),
    tag('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': title }, [plot]),
    tag('figcaption', {}, [caption]),
  ])
}

export type Cell =
  | Child
  | { readonly number: Child }
  | { readonly state: 'good' | 'bad' | 'same'; readonly word: string }

/** The first cell of a row names it. */
export function table(
  caption: string,
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
): Markup {
  return tag('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': caption }, [
    tag('table', {}, [
      tag('caption', {}, [caption]),
      tag('thead', {}, [
        tag(
          'tr',
          {},
          head.map((name, i) =>
            tag('th', { scope: 'col', class: i > 0 ? undefined : 'first' }, [name]),
          ),
        ),
      ]),
      tag(
        'tbody',
        {},
        rows.map((row) => tag('tr', {}, row.map(toCell))),
      ),
    ]),
  ])
}

function toCell(cell: Cell, i: number): Markup {
  if (i === 0) return tag('th', { scope: 'row' }, [content(cell)])
  if (typeof cell === 'object' && 'number' in cell)
    return tag('td', { class: 'number' }, [content(cell)])
  return tag('td', {}, [content(cell)])
}

function content(cell: Cell): Markup {
  if (typeof cell !== 'object') return join([cell])
  if ('number' in cell) return join([cell.number])
  if ('state' in cell) return tag('span', { class: `state ${cell.state}` }, [cell.word])
  return cell
}

export function tile(value: string, name: string, note: string): Markup {
  return tag('div', { class: 'tile' }, [
    tag('p', { class: 'tile-value' }, [value]),
    tag('p', { class: 'tile-name' }, [name]),
    tag('p', { class: 'tile-note' }, [note]),
  ])
}
