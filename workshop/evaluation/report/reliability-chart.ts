/** Reliability diagram: in each bin of stated probabilities the share that came true, beside the diagonal. */
import { axisX, axisY, dot, gridY, line, ruleX, text } from '@observablehq/plot'
import { shareInterval } from '../curves.ts'
import type { ReliabilityBin } from '../probability-measures.ts'
import { AXIS, chart, GRID, percent, REFERENCE } from './chart.ts'
import type { Html } from './parts.ts'

export type ReliabilityChart = {
  readonly about: string
  readonly bins: readonly ReliabilityBin[]
  readonly xLabel: string
  readonly yLabel: string
}

const UNIT: [number, number] = [0, 1]
const DIAGONAL = [
  { x: 0, y: 0 },
  { x: 1, y: 1 },
]

export function reliabilityChart({ about, bins, xLabel, yLabel }: ReliabilityChart): Html {
  const points = bins
    .filter((bin) => bin.count > 0)
    .map((bin) => ({
      ...bin,
      ...shareInterval(bin.shareOfPositives, bin.count),
      title: `${bin.count} with a mean probability of ${percent(bin.meanProbability)}: ${percent(bin.shareOfPositives)} came true`,
    }))
  const at = { x: 'meanProbability', title: 'title' }
  const axis = { ...AXIS, ticks: 5, tickFormat: percent }
  return chart(about, {
    width: 400,
    height: 380,
    marginLeft: 46,
    marginRight: 20,
    marginTop: 44,
    marginBottom: 44,
    x: { domain: UNIT },
    y: { domain: UNIT },
    r: { type: 'identity' },
    marks: [
      gridY({ ...GRID, ticks: 5 }),
      axisX({ ...axis, label: xLabel }),
      axisY({ ...axis, label: yLabel }),
      line(DIAGONAL, { x: 'x', y: 'y', ...REFERENCE }),
      ruleX(points, {
        ...at,
        y1: 'low',
        y2: 'high',
        stroke: 'var(--c0)',
        strokeOpacity: 0.55,
        strokeWidth: 3,
        strokeLinecap: 'round',
      }),
      dot(points, {
        ...at,
        y: 'shareOfPositives',
        r: ({ count }: ReliabilityBin) => radiusOf(count),
        fill: 'var(--c0)',
      }),
      text(points, {
        x: 'meanProbability',
        y: ({ high, shareOfPositives }: (typeof points)[number]) =>
          Math.max(high, shareOfPositives),
        text: ({ count }: ReliabilityBin) => String(count),
        dy: -12,
        fill: 'var(--soft)',
        fontSize: 12,
      }),
    ],
  })
}

/** Pixels: the area grows with the count, up to a size that hides no neighbour. */
function radiusOf(count: number): number {
  return Math.min(9, 3 + Math.sqrt(count) / 2)
}
