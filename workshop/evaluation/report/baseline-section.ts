/** How the figures changed since the baseline was written. */
import { html } from 'hono/html'
import type { Change } from '../baseline.ts'
import type { ReportData } from './data.ts'
import { type Cell, type Html, section, table } from './parts.ts'

export function baselineSection({ baseline }: ReportData): Html {
  if (!baseline) {
    return section('baseline', 'Against the baseline', 'There is no baseline yet.', [])
  }
  const { date, changes } = baseline
  const open = changes.some(({ verdict }) => verdict !== 'same') ? ' open' : ''
  return section(
    'baseline',
    'Against the baseline',
    html`Compared question by question with the baseline of ${date}. <code>npm run eval -- --check</code> fails on a significant fall, and on a significant rise that is not in the baseline.`,
    [
      html`<p>${summaryOf(changes)}</p>`,
      html`<details${open}><summary>Every measure</summary><div class="body">${changesTable(changes)}</div></details>`,
    ],
  )
}

const STATES: Record<Change['verdict'], Cell> = {
  same: { state: 'same', word: 'unchanged' },
  better: { state: 'good', word: 'better' },
  worse: { state: 'bad', word: 'worse' },
}

function changesTable(changes: readonly Change[]): Html {
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
  return table(
    'Now minus the baseline',
    ['measure', 'questions', 'baseline', 'now', 'difference', 'changed', 'state'],
    changes.map(({ measure, set, questions, before, after, difference, changed, verdict }) => [
      `${measure} (${set})`,
      { number: questions },
      { number: before.toFixed(3) },
      { number: after.toFixed(3) },
      {
        number: `${signed(difference.mean)} [${signed(difference.low)}, ${signed(difference.high)}]`,
      },
      { number: changed.length },
      STATES[verdict],
    ]),
  )
}

function summaryOf(changes: readonly Change[]): string {
  const count = (verdict: Change['verdict']) =>
    changes.filter((change) => change.verdict === verdict).length
  return `${count('better')} measures are better, ${count('worse')} worse, ${count('same')} unchanged within chance.`
}
