/** Does a probability mean what it says: the share that came true in each bin, beside the diagonal that it should follow. */
import { shareInterval } from '../curves.ts'
import type { ReliabilityBin } from '../gate.ts'
import { axes, type Box, drawing, line, text } from './frame.ts'
import { type Markup, tag } from './markup.ts'
import { linearScale, ticks } from './scale.ts'

export type ReliabilityChart = {
  readonly about: string
  readonly bins: readonly ReliabilityBin[]
  readonly xLabel: string
  readonly yLabel: string
}

const BOX: Box = { width: 400, height: 380, left: 46, right: 20, top: 44, bottom: 52 }
const UNIT = [0, 1] as const
const percent = (value: number) => `${Math.round(value * 100)} %`

export function reliabilityChart({ about, bins, xLabel, yLabel }: ReliabilityChart): Markup {
  const x = linearScale(UNIT, [BOX.left, BOX.width - BOX.right])
  const y = linearScale(UNIT, [BOX.height - BOX.bottom, BOX.top])
  const marks = ticks(UNIT, 5)
  return drawing(BOX, about, [
    ...axes(
      BOX,
      { scale: x, marks, format: percent, label: xLabel },
      { scale: y, marks, format: percent, label: yLabel },
    ),
    line(x(0), y(0), x(1), y(1), 'reference'),
    ...bins
      .filter((bin) => bin.count > 0)
      .map((bin) => {
        const { low, high } = shareInterval(bin.shareOfPositives, bin.count)
        const at = x(bin.meanProbability)
        return tag('g', { class: 'row' }, [
          tag('title', {}, [
            `${bin.count} with a mean probability of ${percent(bin.meanProbability)}: ${percent(bin.shareOfPositives)} came true`,
          ]),
          line(at, y(low), at, y(high), 'interval'),
          tag('circle', {
            cx: at,
            cy: y(bin.shareOfPositives),
            r: radius(bin.count),
            class: 'dot',
          }),
          text(
            at,
            Math.min(y(high), y(bin.shareOfPositives) - radius(bin.count)) - 5,
            String(bin.count),
            'note',
            'middle',
          ),
        ])
      }),
  ])
}

/** Area grows with the count, up to a size that hides no neighbour. */
function radius(count: number): number {
  return Math.round(Math.min(9, 3 + Math.sqrt(count) / 2) * 10) / 10
}
