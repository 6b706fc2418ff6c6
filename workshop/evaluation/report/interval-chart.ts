/** Dots with intervals, one row each: slices beside each other, or differences around zero. */
import { axisX, dot, gridX, ruleX, ruleY, text } from '@observablehq/plot'
import type { Interval } from '../bootstrap.ts'
import { AXIS, chart, GRID, REFERENCE } from './chart.ts'
import type { Html } from './parts.ts'

export type IntervalRow =
  | { readonly heading: string }
  | {
      readonly name: string
      readonly interval: Interval
      /** A second value, drawn as a hollow dot. */
      readonly other?: number
      readonly tone?: keyof typeof TONES
    }

const TONES = {
  plain: 'var(--c0)',
  bad: 'var(--bad)',
  good: 'var(--good)',
  unsure: 'var(--soft)',
} as const

export type IntervalChart = {
  readonly about: string
  readonly label: string
  readonly rows: readonly IntervalRow[]
  /** Extended to round numbers. */
  readonly domain: readonly [number, number]
  readonly format: (value: number) => string
  /** Value of a vertical line to compare the rows with. */
  readonly reference?: number
  /** Pixels for the names at the left. */
  readonly nameWidth?: number
  /** Decimals of the values at the right. */
  readonly digits?: number
  readonly width?: number
}

const ROW_HEIGHT = 24
const VALUE_WIDTH = 58

export function intervalChart({
  about,
  label,
  rows,
  domain,
  format,
  reference,
  nameWidth = 220,
  digits = 2,
  width = 760,
}: IntervalChart): Html {
  const places = rows.map((row, place) => ({ row, place }))
  const headings = places.flatMap(({ row, place }) => ('heading' in row ? [{ ...row, place }] : []))
  const values = places.flatMap(({ row, place }) => ('name' in row ? [{ ...row, place }] : []))
  type Value = (typeof values)[number]
  const at = { y: 'place' }
  const colour = ({ tone = 'plain' }: Value) => TONES[tone]
  const title = ({ name, interval: { mean, low, high } }: Value) =>
    `${name}: ${mean.toFixed(3)}, 95 % interval ${low.toFixed(3)} to ${high.toFixed(3)}`
  return chart(about, {
    width,
    height: rows.length * ROW_HEIGHT + 56,
    marginLeft: nameWidth,
    marginRight: VALUE_WIDTH,
    marginTop: 8,
    marginBottom: 44,
    x: { domain, nice: true, clamp: true },
    y: { type: 'point', domain: places.map(({ place }) => place), axis: null },
    marks: [
      gridX({ ...GRID, ticks: 5 }),
      axisX({ ...AXIS, ticks: 5, tickFormat: format, label }),
      ruleX(reference === undefined ? [] : [reference], REFERENCE),
      text(headings, {
        ...at,
        text: 'heading',
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: -nameWidth,
        fontWeight: 650,
      }),
      text(values, { ...at, text: 'name', frameAnchor: 'left', textAnchor: 'end', dx: -10 }),
      ruleY(values, {
        ...at,
        x1: ({ interval }: Value) => interval.low,
        x2: ({ interval }: Value) => interval.high,
        stroke: colour,
        strokeOpacity: 0.55,
        strokeWidth: 3,
        strokeLinecap: 'round',
        title,
      }),
      dot(
        values.filter(({ other }) => other !== undefined),
        { ...at, x: 'other', r: 4, fill: 'var(--card)', stroke: 'var(--c1)', strokeWidth: 2 },
      ),
      dot(values, {
        ...at,
        x: ({ interval }: Value) => interval.mean,
        r: 4.5,
        fill: colour,
        title,
      }),
      text(values, {
        ...at,
        text: ({ interval }: Value) => interval.mean.toFixed(digits),
        frameAnchor: 'right',
        textAnchor: 'end',
        dx: VALUE_WIDTH - 4,
        fontVariant: 'tabular-nums',
      }),
    ],
  })
}
