/** What each part of the system contributes: recall by depth, and the loss when a part is removed. */
import { html } from 'hono/html'
import type { MeasureName } from '../outcome.ts'
import type { ReportData } from './data.ts'
import { intervalChart } from './interval-chart.ts'
import { lineChart } from './line-chart.ts'
import { figure, type Html, section } from './parts.ts'

const BOX = {
  width: 760,
  height: 360,
  marginLeft: 46,
  marginRight: 130,
  marginTop: 34,
  marginBottom: 44,
}

export function systemsSection(data: ReportData): Html {
  return section(
    'systems',
    'What each part contributes',
    'The same questions, asked of the service with one part removed. Uses all answerable questions of both halves, compared in pairs; the full system’s weights were chosen on the dev half.',
    [
      figure(
        'Recall by depth',
        recallChart(data),
        'Mean share of a question’s judged passages among the first k. Vectors and words fail on different questions: together they find more than either.',
      ),
      html`<div class="pair">${[ablationFigure(data, 'nDCG@10'), ablationFigure(data, 'Success@1')]}</div>`,
    ],
  )
}

export function ablationNotes({ ablations }: ReportData): Html {
  const items = ablations.map(
    ({ name, about }) => html`<li><strong>${name}</strong>: ${about}</li>`,
  )
  return html`<ul>${items}</ul>`
}

function recallChart({ recall }: ReportData): Html {
  const depth = recall[0]?.points.length ?? 1
  const reached = recall.map(
    ({ name, points }) => `${name} reaches ${(points.at(-1)?.y ?? 0).toFixed(2)}`,
  )
  return lineChart({
    about: `Recall at 1 to ${depth} of ${recall.map(({ name }) => name).join(', ')}: ${reached.join(', ')}`,
    box: BOX,
    x: {
      domain: [1, depth],
      ticks: [1, 5, 10, 15, 20].filter((k) => k <= depth),
      format: String,
      label: 'passages returned (k)',
    },
    y: { domain: [0, 1], ticks: 5, format: (value) => value.toFixed(1), label: 'recall' },
    series: recall.map((series) => ({ ...series, dots: true })),
  })
}

function ablationFigure({ ablations }: ReportData, measure: MeasureName): Html {
  const intervals = ablations.map(({ difference }) => difference[measure])
  const lowest = intervals.reduce((least, { low }) => Math.min(least, low), 0)
  const highest = intervals.reduce((most, { high }) => Math.max(most, high), 0)
  const differences = ablations.map(
    ({ name, difference }) => `${name} ${difference[measure].mean.toFixed(3)}`,
  )
  return figure(
    `Without it: ${measure}`,
    intervalChart({
      about: `Difference in ${measure} when a part is removed: ${differences.join(', ')}`,
      label: `difference in ${measure}`,
      rows: ablations.map(({ name, difference }) => {
        const interval = difference[measure]
        const isSignificant = interval.low > 0 || interval.high < 0
        const tone = !isSignificant ? 'unsure' : interval.mean < 0 ? 'bad' : 'good'
        return { name, interval, tone }
      }),
      domain: [lowest, highest],
      format: (value) => value.toFixed(2),
      reference: 0,
      nameWidth: 170,
      digits: 3,
      width: 460,
    }),
    'Left of the line the system is worse without the part. Grey: the interval includes zero, so the difference may be chance.',
  )
}
