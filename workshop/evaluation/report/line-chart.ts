/** Curves of several series over one pair of axes, told apart by colour, dashes and a name beside each. */
import {
  type AxisXOptions,
  axisX,
  axisY,
  dot,
  gridY,
  line,
  ruleX,
  ruleY,
  type ScaleOptions,
  scale,
  text,
} from '@observablehq/plot'
import type { CurvePoint } from '../curves.ts'
import { AXIS, type ChartBox, chart, GRID } from './chart.ts'
import type { Html } from './parts.ts'

export type CurveSeries = {
  readonly name: string
  readonly points: readonly CurvePoint[]
  /** Draws a dot at each point, for few points. */
  readonly dots?: boolean
  /** Where the name is written: at the end of the curve, or left or right of its middle. */
  readonly place?: 'end' | 'left' | 'right'
}

export type ChartAxis = Pick<ScaleOptions, 'domain' | 'type' | 'nice'> & {
  readonly label: string
  readonly ticks: AxisXOptions['ticks']
  readonly format: (value: number) => string
}

export type LineChart = {
  readonly about: string
  readonly box: ChartBox
  readonly x: ChartAxis
  readonly y: ChartAxis
  readonly series: readonly CurveSeries[]
  /** A value of x that is marked with a labelled vertical line. */
  readonly mark?: { readonly x: number; readonly label: string }
}

/** Pixels between the baselines of two names. */
const NAME_HEIGHT = 16
const DASHES = ['none', '7 4', '2 4', '9 3 2 3']

export function lineChart({ about, box, x, y, series, mark }: LineChart): Html {
  const range = [box.height - box.marginBottom, box.marginTop]
  const toPixel = scale({ y: { ...scaleOf(y), range } })
  const ends = series.map(({ points }) => toPixel.apply(points.at(-1)?.y ?? 0))
  const spreadEnds = spread(ends, NAME_HEIGHT)
  return chart(about, {
    ...box,
    x: scaleOf(x),
    y: scaleOf(y),
    marks: [
      gridY({ ...GRID, ticks: y.ticks }),
      axisX({ ...AXIS, ticks: x.ticks, tickFormat: x.format, label: x.label }),
      axisY({ ...AXIS, ticks: y.ticks, tickFormat: y.format, label: y.label }),
      ruleY([0], { stroke: 'var(--soft)' }),
      ruleX(mark ? [mark.x] : [], { stroke: 'var(--soft)', strokeDasharray: '2 3' }),
      text(mark ? [mark] : [], {
        x: 'x',
        text: 'label',
        frameAnchor: 'top',
        textAnchor: 'end',
        dx: -6,
        dy: 10,
        fill: 'var(--soft)',
      }),
      ...series.flatMap((one, i) => [
        line(one.points, {
          x: 'x',
          y: 'y',
          stroke: colourOf(i),
          strokeWidth: 2.25,
          strokeDasharray: DASHES[i % DASHES.length],
        }),
        dot(one.dots ? one.points : [], { x: 'x', y: 'y', r: 2.5, fill: colourOf(i) }),
        nameOf(one, i, (spreadEnds[i] ?? 0) - (ends[i] ?? 0)),
      ]),
    ],
  })
}

const COLOURS = 6
const colourOf = (i: number) => `var(--c${i % COLOURS})`

function scaleOf({ domain, type, nice }: ChartAxis): ScaleOptions {
  return { domain, type, nice }
}

/** `shift` moves a name at the end of a curve down by so many pixels. */
function nameOf({ name, points, place = 'end' }: CurveSeries, i: number, shift: number) {
  const point = place === 'end' ? points.at(-1) : points[Math.floor(points.length / 2)]
  return text(point ? [point] : [], {
    x: 'x',
    y: 'y',
    text: () => name,
    textAnchor: place === 'left' ? 'end' : 'start',
    dx: place === 'left' ? -10 : 10,
    dy: place === 'end' ? shift : 0,
    fill: colourOf(i),
    fontWeight: 600,
  })
}

/** The same positions, moved apart just enough that neighbours are at least `gap` apart. */
export function spread(places: readonly number[], gap: number): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place)
  let least = Number.NEGATIVE_INFINITY
  const moved = order.map(({ place, i }) => {
    const at = Math.max(place, least)
    least = at + gap
    return { at, i, place }
  })
  // Everything was pushed down only: moving all back up by the mean keeps the labels near their curves.
  const shift = moved.reduce((sum, { at, place }) => sum + at - place, 0) / (places.length || 1)
  return moved.sort((a, b) => a.i - b.i).map(({ at }) => at - shift)
}
