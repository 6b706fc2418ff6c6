/** Compares a measurement with the baseline and describes what fails the check. */
import { type Baseline, type Change, changedSets, compareBaselines } from './baseline.ts'

/** How many changed questions a message names. */
const NAMED = 8
const REMEDY =
  'look at them, and if they are right accept them with `npm run eval -- --write-baseline`'

/** One message per difference; empty when the measurement matches the baseline. */
export function checkBaseline(before: Baseline, after: Baseline): string[] {
  const others = changedSets(before, after)
  const questions =
    others.length === 0
      ? []
      : [
          `the questions or judgments of ${others.join(', ')} differ from the baseline's: measure them with \`npm run eval\`, then accept the figures with \`npm run eval -- --write-baseline\``,
        ]
  const moved = compareBaselines(before, after).filter((change) => change.verdict !== 'same')
  return [...questions, ...moved.map(describeChange)]
}

function describeChange(change: Change): string {
  const { set, measure, before, after, difference, verdict, changed } = change
  const signed = (value: number) => `${value < 0 ? '-' : '+'}${Math.abs(value).toFixed(4)}`
  const what = verdict === 'worse' ? 'worse' : 'better than the baseline says'
  const named = changed
    .slice(0, NAMED)
    .map((one) => `    ${one.id}: ${one.before.toFixed(3)} -> ${one.after.toFixed(3)}`)
  const rest = changed.length - named.length
  return [
    `${set}: ${measure} is ${what}: ${before.toFixed(4)} -> ${after.toFixed(4)}, ${signed(difference.mean)} [${signed(difference.low)}, ${signed(difference.high)}] over ${change.questions} questions; ${changed.length} changed: ${REMEDY}`,
    ...named,
    ...(rest > 0 ? [`    and ${rest} more`] : []),
  ].join('\n')
}
