/** Curves of several series over one pair of axes, told apart by colour, dash and a name at their end. */
import type { Point } from '../curves.ts'
import { type Axis, axes, type Box, drawing, line, text } from './frame.ts'
import { join, type Markup, tag } from './markup.ts'
import type { Scale } from './scale.ts'

export type Series = {
  readonly name: string
  readonly points: readonly Point[]
  /** A dot at each point, for few points. */
  readonly dots?: boolean
  /** Where the name stands: at the curve's end, or on a side of its middle. */
  readonly place?: 'end' | 'left' | 'right'
}

/** A value of x worth naming. */
export type Mark = { readonly x: number; readonly label: string }

export type LineChart = {
  readonly box: Box
  readonly about: string
  readonly x: Axis
  readonly y: Axis
  readonly series: readonly Series[]
  readonly marks?: readonly Mark[]
}

/** Lines of text at the right end do not overlap. */
const LABEL_HEIGHT = 16
const COLOURS = 6

export function lineChart({ box, about, x, y, series, marks = [] }: LineChart): Markup {
  const ends = spread(
    series.map(({ points }) => y.scale(points.at(-1)?.y ?? 0)),
    LABEL_HEIGHT,
  )
  return drawing(box, about, [
    ...axes(box, x, y),
    ...marks.flatMap((mark) => {
      const at = x.scale(mark.x)
      const isLate = at > box.width / 2
      return [
        line(at, box.top, at, box.height - box.bottom, 'mark'),
        text(at + (isLate ? -6 : 6), box.top + 14, mark.label, 'note', isLate ? 'end' : 'start'),
      ]
    }),
    ...series.map(({ points, dots }, i) =>
      tag('g', { class: `series s${i % COLOURS}` }, [
        tag('polyline', {
          points: points.map((point) => `${x.scale(point.x)},${y.scale(point.y)}`).join(' '),
        }),
        join(
          (dots ? points : []).map((point) =>
            tag('circle', { cx: x.scale(point.x), cy: y.scale(point.y), r: 2.5 }),
          ),
        ),
        nameOf(series[i], ends[i] ?? 0, x.scale, y.scale),
      ]),
    ),
  ])
}

function nameOf(series: Series | undefined, end: number, x: Scale, y: Scale): Markup {
  const { name = '', points = [], place = 'end' } = series ?? {}
  if (place === 'end') return text(x(points.at(-1)?.x ?? 0) + 8, end + 4, name, 'name')
  const middle = points[Math.floor(points.length / 2)] ?? { x: 0, y: 0 }
  const side = place === 'left' ? -1 : 1
  return text(x(middle.x) + side * 10, y(middle.y), name, 'name', side < 0 ? 'end' : 'start')
}

/** The same places moved apart as little as keeps `gap` between neighbours. */
export function spread(places: readonly number[], gap: number): number[] {
  const order = places.map((place, i) => ({ place, i })).sort((a, b) => a.place - b.place)
  let floor = Number.NEGATIVE_INFINITY
  const moved = order.map(({ place, i }) => {
    const at = Math.max(place, floor)
    floor = at + gap
    return { at, i, place }
  })
  // What was pushed down goes back up by half of it, as far as the neighbour above allows.
  const shift = moved.reduce((sum, { at, place }) => sum + at - place, 0) / (places.length || 1)
  return moved.sort((a, b) => a.i - b.i).map(({ at }) => at - shift)
}
