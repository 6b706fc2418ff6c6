/** How long an answer takes, from its parts. */
import type { ReportData } from './data.ts'
import type { Box } from './frame.ts'
import { lineChart } from './line-chart.ts'
import type { Markup } from './markup.ts'
import { figure, section, table } from './parts.ts'
import { linearScale, logScale, logTicks, ticks } from './scale.ts'

const BOX: Box = { width: 760, height: 320, left: 54, right: 30, top: 34, bottom: 52 }
const percent = (value: number) => `${Math.round(value * 100)} %`

export function latencySection({ timings }: ReportData): Markup {
  const values = timings.flatMap(({ points }) => points.map((point) => point.x))
  const low = values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY)
  const high = values.reduce((most, value) => Math.max(most, value), 0)
  const domain: [number, number] = [Math.max(0.01, low * 0.9), Math.max(0.02, high * 1.05)]
  const plot = lineChart({
    box: BOX,
    about: `Distribution of milliseconds an answer takes: ${timings
      .map(
        ({ name, p50, p95 }) =>
          `${name} ${p50.toFixed(1)} at the median, ${p95.toFixed(1)} at 95 %`,
      )
      .join('; ')}`,
    x: {
      scale: logScale(domain, [BOX.left, BOX.width - BOX.right]),
      marks: logTicks(domain),
      format: String,
      label: 'milliseconds',
    },
    y: {
      scale: linearScale([0, 1], [BOX.height - BOX.bottom, BOX.top]),
      marks: ticks([0, 1], 4),
      format: percent,
      label: 'answers that took no longer',
    },
    series: timings.map((timing, i) => ({ ...timing, place: i === 1 ? 'left' : 'right' })),
  })
  return section(
    'latency',
    'How long an answer takes',
    'Every question embedded anew, one after another, on the machine that made this page; explanations included. Another machine gives other milliseconds: read the proportions.',
    [
      figure(
        'Time of embedding, search and the whole',
        plot,
        'Nearly all of the time is the embedding of the question.',
      ),
      table(
        'Milliseconds',
        ['part', 'p50', 'p95', 'p99'],
        timings.map(({ name, p50, p95, p99 }) => [
          name,
          ...[p50, p95, p99].map((value) => ({ number: value.toFixed(1) })),
        ]),
      ),
    ],
  )
}
