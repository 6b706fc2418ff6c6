/** Abstention: how often the service answers questions that the guides do not, and how well its probabilities are calibrated. */
import { html } from 'hono/html'
import type { AbstentionFigures } from '../abstention.ts'
import { formatInterval } from '../figures-table.ts'
import { percent } from './chart.ts'
import type { ReportData } from './data.ts'
import { lineChart } from './line-chart.ts'
import { figure, type Html, section, table } from './parts.ts'
import { reliabilityChart } from './reliability-chart.ts'

const BOX = {
  width: 760,
  height: 340,
  marginLeft: 54,
  marginRight: 190,
  marginTop: 34,
  marginBottom: 44,
}

export function abstentionSection(data: ReportData): Html {
  const { nearDomain, outOfDomain } = data.questions
  return section(
    'abstention',
    'When it should not answer',
    `Asked ${outOfDomain} off-topic questions and ${nearDomain} near-domain ones, which sound like the guides but are not answered by them. The model is fitted on the dev half; everything here is the test half.`,
    [
      abstentionTable(data),
      figure(
        'Risk against coverage',
        riskChart(data),
        'If only the most probable questions were answered, up to a share of all (coverage): how many of them the guides do not answer, and how many get no relevant passage among the first five, for either reason. The dotted line is the shipped threshold.',
      ),
      html`<div class="pair">${[
        figure(
          'Reliability of the question’s probability',
          reliabilityChart({
            about: 'Share of answerable questions by stated probability, beside the diagonal',
            bins: data.reliability.questions,
            xLabel: 'answerability.probability',
            yLabel: 'questions that are answerable',
          }),
          errorNote(data.test.abstention?.calibrationError),
        ),
        figure(
          'Reliability of a passage’s score',
          reliabilityChart({
            about: 'Share of relevant passages by stated score, beside the diagonal',
            bins: data.reliability.passages,
            xLabel: 'passages[].score',
            yLabel: 'passages that are judged relevant',
          }),
          errorNote(data.reliability.passageError),
        ),
      ]}</div>`,
    ],
  )
}

function errorNote(error: ReportData['reliability']['passageError'] | undefined): string {
  if (!error) return ''
  const verdict = error.mean <= error.nullHigh ? 'no more than chance' : 'more than chance'
  return `A perfectly calibrated probability lies on the dashed line. Numbers are counts, bars 95 % intervals. Expected calibration error ${formatInterval(error)}; a perfectly calibrated model would show ${error.nullLow.toFixed(3)} to ${error.nullHigh.toFixed(3)} on as many: ${verdict}.`
}

const ROWS = [
  ['aurocOutOfDomain', 'AUROC, answerable against off-topic'],
  ['aurocNearDomain', 'AUROC, answerable against near-domain'],
  ['answerableRefused', 'answerable refused'],
  ['outOfDomainAnswered', 'off-topic answered'],
  ['nearDomainAnswered', 'near-domain answered, fully or partly'],
  ['nearDomainCalledAnswerable', 'near-domain called answerable'],
] as const satisfies readonly (readonly [keyof AbstentionFigures, string])[]

function abstentionTable({ test, dev, acceptance }: ReportData): Html {
  return table(
    'Abstention as shipped',
    ['figure', 'test', 'dev (fitted on)', 'acceptance'],
    ROWS.map(([key, name]) => [
      name,
      ...[test, dev, acceptance].map(({ abstention }) => {
        const interval = abstention?.[key]
        return { number: interval ? formatInterval(interval) : '–' }
      }),
    ]),
  )
}

function riskChart({ risk }: ReportData): Html {
  const highest = risk.wrong.reduce((most, { y }) => Math.max(most, y), 0)
  return lineChart({
    about: `Risk against coverage: at the shipped threshold ${percent(risk.shipped)} of the questions are answered`,
    box: BOX,
    x: {
      domain: [0, 1],
      ticks: 5,
      format: percent,
      label: 'coverage: share of questions answered',
    },
    y: {
      domain: [0, highest],
      nice: true,
      ticks: 4,
      format: percent,
      label: 'risk: share of those answered',
    },
    series: [
      { name: 'no answer in the five', points: risk.wrong },
      { name: 'no answer in the guides', points: risk.unanswerable },
    ],
    mark: { x: risk.shipped, label: `shipped: ${percent(risk.shipped)} answered` },
  })
}
