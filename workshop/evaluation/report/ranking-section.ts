/** Sections about the ranking: goals and measures of every set, and measures by slice of the questions. */
import { formatInterval } from '../figures-table.ts'
import { MEASURE_NAMES, type MeasureName } from '../outcome.ts'
import type { Measured, ReportData } from './data.ts'
import { goalsOf } from './goals.ts'
import { type IntervalRow, intervalChart } from './interval-chart.ts'
import { figure, type Html, section, table } from './parts.ts'

export function goalsSection(data: ReportData): Html {
  const goals = goalsOf(data.test)
  const met = goals.filter((goal) => goal.met).length
  return section(
    'goals',
    `${met} of ${goals.length} goals are reached`,
    'Measured on the test half of the questions, which is never used for tuning. Intervals are 95 % bootstrap intervals over questions.',
    [
      table(
        'Goals, test half',
        ['goal', 'aim', 'measured', '95 % interval', 'state'],
        goals.map((goal) => [
          goal.name,
          goal.aim,
          { number: goal.value },
          { number: goal.interval },
          goal.met ? { state: 'good', word: 'reached' } : { state: 'bad', word: 'not yet' },
        ]),
      ),
      table(
        'Every measure of the ranking, without abstention, over answerable questions',
        [
          'measure',
          `test (${count(data.test)})`,
          `dev (${count(data.dev)})`,
          `acceptance (${count(data.acceptance)})`,
        ],
        MEASURE_NAMES.map((name) => [
          name,
          ...[data.test, data.dev, data.acceptance].map(({ slices }) => {
            const all = slices[0]
            return { number: all ? formatInterval(all.figures[name]) : '–' }
          }),
        ]),
      ),
    ],
  )
}

function count({ slices }: Measured): number {
  return slices[0]?.questions ?? 0
}

export function slicesSection(data: ReportData): Html {
  const plot = (measure: MeasureName) =>
    intervalChart({
      about: `${measure} by language, style and topic of the question, with 95 % intervals on the test half`,
      label: measure,
      rows: sliceRows(data, measure),
      domain: domainOf(data, measure),
      format: (value) => value.toFixed(1),
      reference: data.test.slices[0]?.figures[measure].mean,
      nameWidth: 270,
    })
  return section(
    'slices',
    'Retrieval quality by language, style and topic',
    'The same figures for each language, way of writing and topic. A filled dot is the test half with its interval, a hollow one the dev half; the dashed line is the mean of the test half. In brackets: questions of the test half; small slices have wide intervals.',
    [
      figure(
        'An answering passage comes first (Success@1)',
        plot('Success@1'),
        'Share of answerable questions whose first passage is judged to answer it, in full or in part.',
      ),
      figure(
        'Order of the first ten (nDCG@10)',
        plot('nDCG@10'),
        'Full answers count twice as much as partial ones, and later ranks count less.',
      ),
    ],
  )
}

/** Shows every interval whole. */
function domainOf({ test, dev }: ReportData, measure: MeasureName): [number, number] {
  const lows = [
    ...test.slices.map(({ figures }) => figures[measure].low),
    ...dev.slices.map(({ figures }) => figures[measure].mean),
  ]
  return [lows.reduce((least, low) => Math.min(least, low), 1), 1]
}

const HEADINGS = { language: 'language', style: 'way of writing', topic: 'topic' }
const LANGUAGE_NAMES: Readonly<Record<string, string>> = {
  en: 'English',
  es: 'Spanish',
  mixed: 'mixed',
}

function sliceRows({ test, dev }: ReportData, measure: MeasureName): IntervalRow[] {
  let dimension = ''
  return test.slices.flatMap((slice): IntervalRow[] => {
    const other = dev.slices.find(
      (one) => one.dimension === slice.dimension && one.name === slice.name,
    )
    const named = slice.dimension === 'language' ? LANGUAGE_NAMES[slice.name] : undefined
    const row: IntervalRow = {
      name: `${named ?? (slice.dimension === 'all' ? 'all questions' : slice.name)} (${slice.questions})`,
      interval: slice.figures[measure],
      ...(other ? { other: other.figures[measure].mean } : {}),
    }
    if (slice.dimension === 'all' || slice.dimension === dimension) return [row]
    dimension = slice.dimension
    return [{ heading: HEADINGS[slice.dimension] }, row]
  })
}
