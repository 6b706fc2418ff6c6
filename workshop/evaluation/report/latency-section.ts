/** How long an answer takes, and how that time is spent. */
import { percent } from './chart.ts'
import type { ReportData } from './data.ts'
import { lineChart } from './line-chart.ts'
import { figure, type Html, section, table } from './parts.ts'

const BOX = {
  width: 760,
  height: 320,
  marginLeft: 54,
  marginRight: 30,
  marginTop: 34,
  marginBottom: 44,
}

export function latencySection({ timings }: ReportData): Html {
  return section(
    'latency',
    'How long an answer takes',
    'Every question embedded anew, one after another, explanations included, on the machine that made this page. Milliseconds differ between machines; proportions hardly do.',
    [
      figure(
        'Time of embedding, search and the whole',
        latencyChart(timings),
        'Nearly all of the time goes into embedding the question.',
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

/** Timers tick in hundredths: a logarithmic axis needs a value above 0. */
const LEAST_MS = 0.01
const POWERS = [0.01, 0.1, 1, 10, 100, 1000, 10_000]

/** 1, 2 and 5 times powers of ten: Plot's own choice leaves out the fives. */
function ticksWithin([low = 0, high = 0]: readonly number[]): number[] {
  return POWERS.flatMap((power) => [power, 2 * power, 5 * power]).filter(
    (tick) => low <= tick && tick <= high,
  )
}

function latencyChart(timings: ReportData['timings']): Html {
  const values = timings.flatMap(({ points }) => points.map(({ x }) => Math.max(LEAST_MS, x)))
  const domain = [
    0.9 * values.reduce((a, b) => Math.min(a, b)),
    1.05 * values.reduce((a, b) => Math.max(a, b)),
  ]
  const medians = timings.map(
    ({ name, p50, p95 }) => `${name} ${p50.toFixed(1)} at the median, ${p95.toFixed(1)} at 95 %`,
  )
  return lineChart({
    about: `Distribution of milliseconds per answer: ${medians.join('; ')}`,
    box: BOX,
    x: { type: 'log', domain, ticks: ticksWithin(domain), format: String, label: 'milliseconds' },
    y: { domain: [0, 1], ticks: 4, format: percent, label: 'answers that took no longer' },
    series: timings.map(({ name, points }, i) => ({
      name,
      points: points.map(({ x, y }) => ({ x: Math.max(LEAST_MS, x), y })),
      place: i === 1 ? 'left' : 'right',
    })),
  })
}
