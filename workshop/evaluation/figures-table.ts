/** Formats figures as tables for a terminal. */

import type { AbstentionFigures } from './abstention.ts'
import type { Interval } from './bootstrap.ts'
import type { CitationFigures } from './citation-check.ts'
import { MEASURE_NAMES, type MeasureName } from './outcome.ts'
import type { SliceFigures } from './slices.ts'
import type { SystemDifference } from './system-difference.ts'

export function formatInterval({ mean, low, high }: Interval, digits = 3): string {
  return `${mean.toFixed(digits)} [${low.toFixed(digits)}, ${high.toFixed(digits)}]`
}

/** Every measure over all questions, then the main measures by slice. */
export function formatSlices(slices: readonly SliceFigures[]): string {
  const SHOWN: readonly MeasureName[] = ['Success@1', 'Success@3', 'nDCG@10', 'guide first']
  const all = slices[0]
  const lines = all
    ? MEASURE_NAMES.map((name) => [name, formatInterval(all.figures[name])])
    : [['no answerable questions']]
  const rows = slices.map(({ dimension, name, questions, figures }) => [
    dimension === 'all' ? 'all' : `${dimension} ${name}`,
    String(questions),
    ...SHOWN.map((measure) => formatInterval(figures[measure])),
  ])
  return `${formatTable(lines)}\n\n${formatTable([['slice', 'n', ...SHOWN], ...rows])}`
}

const ABSTENTION_ROWS = {
  aurocOutOfDomain: 'AUROC against off-topic',
  aurocNearDomain: 'AUROC against near-domain',
  answerableRefused: 'answerable refused',
  outOfDomainAnswered: 'off-topic answered',
  nearDomainAnswered: 'near-domain answered',
  nearDomainCalledAnswerable: 'near-domain called answerable',
} satisfies Partial<Record<keyof AbstentionFigures, string>>

export function formatAbstention(figures: AbstentionFigures): string {
  // Keys of the literal above.
  const names = Object.keys(ABSTENTION_ROWS) as (keyof typeof ABSTENTION_ROWS)[]
  const rows = names.flatMap((name) => {
    const interval = figures[name]
    return interval ? [[ABSTENTION_ROWS[name], formatInterval(interval)]] : []
  })
  const { calibrationError: error } = figures
  if (error) {
    rows.push([
      'calibration error',
      `${formatInterval(error)}; a perfectly calibrated model would show [${error.nullLow.toFixed(3)}, ${error.nullHigh.toFixed(3)}]`,
    ])
  }
  return formatTable(rows)
}

export function formatCitations({ passages, rate, faults }: CitationFigures): string {
  return [`citations that hold: ${rate} of ${passages} passages`, ...faults].join('\n  ')
}

export function formatDifferences(
  rows: readonly { readonly name: string; readonly difference: SystemDifference }[],
): string {
  const SHOWN: readonly MeasureName[] = ['Success@1', 'Success@3', 'nDCG@10', 'Recall@10']
  return formatTable([
    ['without a part, minus the full system', ...SHOWN],
    ...rows.map(({ name, difference }) => [
      name,
      ...SHOWN.map((measure) => formatInterval(difference[measure])),
    ]),
  ])
}

function formatTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? 0, cell.length)
    })
  }
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
