/** One row a thing: a dot and its interval, for slices beside each other and for differences around zero. */
import type { Interval } from '../bootstrap.ts'
import { type Axis, type Box, bottomAxis, drawing, line, text } from './frame.ts'
import { type Markup, tag } from './markup.ts'
import { linearScale, ticks } from './scale.ts'

export type IntervalRow =
  | { readonly heading: string }
  | {
      readonly name: string
      /** In small letters after the name. */
      readonly note?: string
      readonly interval: Interval
      /** A second value, drawn hollow. */
      readonly other?: number
      /** Worse, or not to be told from chance. */
      readonly tone?: 'bad' | 'unsure' | 'good'
    }

export type IntervalChart = {
  readonly about: string
  readonly label: string
  readonly rows: readonly IntervalRow[]
  readonly domain: readonly [number, number]
  readonly format: (value: number) => string
  /** A line that rows are read against. */
  readonly reference?: number
  readonly nameWidth?: number
  readonly digits?: number
  readonly width?: number
}

const ROW = 24
const DEFAULT_WIDTH = 760
const VALUE_WIDTH = 58

export function intervalChart(chart: IntervalChart): Markup {
  const { rows, domain, nameWidth = 220, digits = 2, width = DEFAULT_WIDTH } = chart
  const box: Box = {
    width,
    height: 12 + rows.length * ROW + 44,
    left: nameWidth,
    right: VALUE_WIDTH,
    top: 8,
    bottom: 44,
  }
  const scale = linearScale(domain, [box.left, box.width - box.right])
  const within = (value: number) => scale(Math.min(domain[1], Math.max(domain[0], value)))
  const x: Axis = {
    scale,
    marks: ticks(domain, 5),
    format: chart.format,
    label: chart.label,
  }
  const { reference } = chart
  return drawing(box, chart.about, [
    ...bottomAxis(box, x, true),
    ...(reference === undefined
      ? []
      : [line(scale(reference), box.top, scale(reference), box.height - box.bottom, 'reference')]),
    ...rows.flatMap((row, i) => {
      const y = box.top + 4 + i * ROW + ROW / 2
      if ('heading' in row) return [text(0, y + 4, row.heading, 'group')]
      const { name, note, interval, other, tone } = row
      return [
        tag('g', { class: `row ${tone ?? ''}`.trim() }, [
          tag('title', {}, [
            `${name}: ${interval.mean.toFixed(3)}, 95 % interval ${interval.low.toFixed(3)} to ${interval.high.toFixed(3)}`,
          ]),
          tag('text', { x: box.left - 10, y: y + 4, class: 'end' }, [
            name,
            ...(note ? [tag('tspan', { class: 'note', dx: 6 }, [note])] : []),
          ]),
          line(within(interval.low), y, within(interval.high), y, 'interval'),
          ...(other === undefined
            ? []
            : [tag('circle', { cx: within(other), cy: y, r: 4, class: 'other' })]),
          tag('circle', { cx: within(interval.mean), cy: y, r: 4.5, class: 'dot' }),
          text(box.width, y + 4, interval.mean.toFixed(digits), 'value', 'end'),
        ]),
      ]
    }),
  ])
}
