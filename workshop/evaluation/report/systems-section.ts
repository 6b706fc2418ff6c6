/** What each part of the system is worth: recall by depth, and the loss when the part is taken away. */
import type { MeasureName } from '../outcome.ts'
import type { ReportData } from './data.ts'
import type { Box } from './frame.ts'
import { intervalChart } from './interval-chart.ts'
import { lineChart } from './line-chart.ts'
import { type Markup, tag } from './markup.ts'
import { figure, section } from './parts.ts'
import { linearScale, niceDomain, ticks } from './scale.ts'

const BOX: Box = { width: 760, height: 360, left: 46, right: 130, top: 34, bottom: 52 }

export function systemsSection(data: ReportData): Markup {
  return section(
    'systems',
    'What each part is worth',
    'The same questions, asked of the service with one part taken away. All answerable questions of both halves are used, compared in pairs; the full system’s weights were chosen on the dev half.',
    [
      figure(
        'Recall by depth',
        recallPlot(data),
        'Mean share of a question’s judged passages among the first k. Vectors and words fail on different questions: together they find more than either.',
      ),
      tag('div', { class: 'pair' }, [forest(data, 'nDCG@10'), forest(data, 'Success@1')]),
    ],
  )
}

function recallPlot({ recall }: ReportData): Markup {
  const depth = recall[0]?.points.length ?? 1
  const domain: [number, number] = [0, 1]
  const y = linearScale(domain, [BOX.height - BOX.bottom, BOX.top])
  const x = linearScale([1, depth], [BOX.left, BOX.width - BOX.right])
  return lineChart({
    box: BOX,
    about: `Recall at 1 to ${depth} of ${recall.map(({ name }) => name).join(', ')}: ${recall
      .map(({ name, points }) => `${name} reaches ${(points.at(-1)?.y ?? 0).toFixed(2)}`)
      .join(', ')}`,
    x: {
      scale: x,
      marks: [1, 5, 10, 15, 20].filter((mark) => mark <= depth),
      format: String,
      label: 'passages looked at (k)',
    },
    y: { scale: y, marks: ticks(domain, 5), format: (value) => value.toFixed(1), label: 'recall' },
    series: recall.map((series) => ({ ...series, dots: true })),
  })
}

function forest({ ablations }: ReportData, measure: MeasureName): Markup {
  const intervals = ablations.map(({ difference }) => difference[measure])
  const domain = niceDomain([0, ...intervals.flatMap(({ low, high }) => [low, high])], 4)
  const plot = intervalChart({
    about: `Difference in ${measure} when a part is taken away: ${ablations
      .map(({ name, difference }) => `${name} ${difference[measure].mean.toFixed(3)}`)
      .join(', ')}`,
    label: `difference in ${measure}`,
    rows: ablations.map(({ name, difference }) => {
      const interval = difference[measure]
      const isSure = interval.low > 0 || interval.high < 0
      return {
        name,
        interval,
        tone: isSure ? (interval.mean < 0 ? 'bad' : 'good') : 'unsure',
      }
    }),
    domain,
    format: (value) => value.toFixed(2),
    reference: 0,
    nameWidth: 170,
    digits: 3,
    width: 460,
  })
  return figure(
    `Without it: ${measure}`,
    plot,
    'Left of the line the system is worse without the part. Grey where the interval holds zero: that may be chance.',
  )
}

export function ablationNotes({ ablations }: ReportData): Markup {
  return tag(
    'ul',
    {},
    ablations.map(({ name, about }) => tag('li', {}, [tag('strong', {}, [name]), `: ${about}`])),
  )
}
