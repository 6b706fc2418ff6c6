/** What every plot has: a title for those who do not see it, axes, grid and labels. */
import { type Child, type Markup, tag } from './markup.ts'
import type { Scale } from './scale.ts'

export type Box = {
  readonly width: number
  readonly height: number
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export type Axis = {
  readonly scale: Scale
  readonly marks: readonly number[]
  readonly format: (value: number) => string
  readonly label: string
}

/** `about` says in words what the plot shows: screen readers read it instead. */
export function drawing({ width, height }: Box, about: string, children: readonly Child[]): Markup {
  return tag(
    'svg',
    { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': about, class: 'plot' },
    children,
  )
}

export function line(x1: number, y1: number, x2: number, y2: number, kind: string): Markup {
  return tag('line', { x1, y1, x2, y2, class: kind })
}

export function text(
  x: number,
  y: number,
  content: string,
  kind = '',
  anchor: 'start' | 'middle' | 'end' = 'start',
): Markup {
  const attributes = { x, y, class: `${kind} ${anchor}`.trim() }
  return tag('text', attributes, [content])
}

export function axes(box: Box, x: Axis, y: Axis): Markup[] {
  const bottom = box.height - box.bottom
  const right = box.width - box.right
  return [
    ...y.marks.flatMap((mark) => {
      const at = y.scale(mark)
      return [
        line(box.left, at, right, at, 'grid'),
        text(box.left - 8, at + 4, y.format(mark), 'tick', 'end'),
      ]
    }),
    ...bottomAxis(box, x, false),
    text(box.left, box.top - 12, y.label, 'label'),
    line(box.left, bottom, right, bottom, 'axis'),
  ]
}

export function bottomAxis(box: Box, x: Axis, grid: boolean): Markup[] {
  const bottom = box.height - box.bottom
  return [
    ...x.marks.flatMap((mark) => {
      const at = x.scale(mark)
      return [
        ...(grid
          ? [line(at, box.top, at, bottom, 'grid')]
          : [line(at, bottom, at, bottom + 4, 'axis')]),
        text(at, bottom + 18, x.format(mark), 'tick', 'middle'),
      ]
    }),
    text(box.width - box.right, bottom + 36, x.label, 'label', 'end'),
  ]
}
