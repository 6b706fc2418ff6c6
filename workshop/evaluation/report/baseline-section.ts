/** How the figures moved since they were written down. */
import type { Change } from '../baseline.ts'
import type { ReportData } from './data.ts'
import { type Markup, tag } from './markup.ts'
import { section, table } from './parts.ts'

export function baselineSection({ baseline }: ReportData): Markup {
  if (!baseline) {
    return section('baseline', 'Against the baseline', 'No baseline is written down yet.', [])
  }
  const signed = (value: number) => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(3)}`
  const moved = baseline.changes.some(({ verdict }) => verdict !== 'same')
  const all = table(
    'Now less the baseline',
    ['measure', 'questions', 'baseline', 'now', 'difference', 'changed', 'state'],
    baseline.changes.map((change) => [
      `${change.measure} (${change.set})`,
      { number: change.questions },
      { number: change.before.toFixed(3) },
      { number: change.after.toFixed(3) },
      {
        number: `${signed(change.difference.mean)} [${signed(change.difference.low)}, ${signed(change.difference.high)}]`,
      },
      { number: change.changed.length },
      change.verdict === 'same'
        ? { state: 'same', word: 'as it was' }
        : change.verdict === 'better'
          ? { state: 'good', word: 'better' }
          : { state: 'bad', word: 'worse' },
    ]),
  )
  return section(
    'baseline',
    'Against the baseline',
    tag('span', {}, [
      `Compared question by question with what was written down on ${baseline.date}. `,
      tag('code', {}, ['npm run eval -- --check']),
      ' fails when a fall, or a rise that was not written down, is more than chance.',
    ]),
    [
      tag('p', {}, [summaryOf(baseline.changes)]),
      tag('details', { open: moved ? '' : undefined }, [
        tag('summary', {}, ['Every measure']),
        tag('div', { class: 'body' }, [all]),
      ]),
    ],
  )
}

function summaryOf(changes: readonly Change[]): string {
  const count = (verdict: Change['verdict']) =>
    changes.filter((change) => change.verdict === verdict).length
  return `${count('better')} measures are better, ${count('worse')} worse, ${count('same')} as they were, within chance.`
}
