/** How well the gate keeps quiet when the guides hold no answer, and whether its probabilities mean what they say. */
import { formatInterval } from '../figures-table.ts'
import type { ReportData } from './data.ts'
import type { Box } from './frame.ts'
import { lineChart } from './line-chart.ts'
import { type Markup, tag } from './markup.ts'
import { figure, section, table } from './parts.ts'
import { reliabilityChart } from './reliability-chart.ts'
import { linearScale, niceDomain, ticks } from './scale.ts'

const BOX: Box = { width: 760, height: 340, left: 54, right: 190, top: 34, bottom: 52 }
const percent = (value: number) => `${Math.round(value * 100)} %`

export function gateSection(data: ReportData): Markup {
  const { nearDomain, outOfDomain } = data.questions
  return section(
    'gate',
    'When it should say nothing',
    `Asked with ${outOfDomain} off-topic questions and ${nearDomain} that sound like the guides but are not answered by them. The model is fitted on the dev half; everything here is the test half.`,
    [
      gateTable(data),
      figure(
        'Risk against coverage',
        riskPlot(data),
        'Were only the most probable questions answered, up to a share of all (coverage): how many of them the guides hold no answer to, and how many bring no answering passage among the first five, for whichever reason. The dotted line is the shipped threshold.',
      ),
      tag('div', { class: 'pair' }, [
        figure(
          'Reliability of the question’s probability',
          reliabilityChart({
            about: 'Share of answerable questions by stated probability, beside the diagonal',
            bins: data.reliability.questions,
            xLabel: 'answerability.probability',
            yLabel: 'questions that are answerable',
          }),
          errorNote(data.test.gate?.calibrationError),
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
      ]),
    ],
  )
}

function errorNote(error: ReportData['reliability']['passageError'] | undefined): string {
  if (!error) return ''
  const inside = error.mean <= error.nullHigh
  return `On the dashed line a probability means what it says. Numbers are counts, bars 95 % intervals. Expected calibration error ${formatInterval(error)}; a perfectly calibrated model would show ${error.nullLow.toFixed(3)} to ${error.nullHigh.toFixed(3)} on as many: ${inside ? 'no more than chance' : 'more than chance'}.`
}

function gateTable({ test, dev, acceptance }: ReportData): Markup {
  const row = (
    name: string,
    key:
      | 'aurocOutOfDomain'
      | 'aurocNearDomain'
      | 'answerableRefused'
      | 'outOfDomainAnswered'
      | 'nearDomainAnswered'
      | 'nearDomainCalledAnswerable',
  ) => [
    name,
    ...[test, dev, acceptance].map(({ gate }) => {
      const interval = gate?.[key]
      return { number: interval ? formatInterval(interval) : '–' }
    }),
  ]
  return table(
    'The gate as shipped',
    ['figure', 'test', 'dev (fitted on)', 'acceptance'],
    [
      row('AUROC, answerable against off-topic', 'aurocOutOfDomain'),
      row('AUROC, answerable against near-domain', 'aurocNearDomain'),
      row('answerable refused', 'answerableRefused'),
      row('off-topic answered', 'outOfDomainAnswered'),
      row('near-domain answered, as partial or in full', 'nearDomainAnswered'),
      row('near-domain called answerable', 'nearDomainCalledAnswerable'),
    ],
  )
}

function riskPlot({ risk }: ReportData): Markup {
  const [, top] = niceDomain([0, ...risk.wrong.map((point) => point.y)], 4)
  const domain: [number, number] = [0, top]
  return lineChart({
    box: BOX,
    about: `Risk against coverage: at the shipped threshold ${percent(risk.shipped)} of the questions are answered`,
    x: {
      scale: linearScale([0, 1], [BOX.left, BOX.width - BOX.right]),
      marks: ticks([0, 1], 5),
      format: percent,
      label: 'coverage: share of questions answered',
    },
    y: {
      scale: linearScale(domain, [BOX.height - BOX.bottom, BOX.top]),
      marks: ticks(domain, 4),
      format: percent,
      label: 'risk: share of the answered',
    },
    series: [
      { name: 'no answer in the five', points: risk.wrong },
      { name: 'no answer in the guides', points: risk.unanswerable },
    ],
    marks: [{ x: risk.shipped, label: `shipped: ${percent(risk.shipped)} answered` }],
  })
}
