/** `nss-copilot eval` without its process: what it measures, prints, writes and refuses. */
import { join } from 'node:path'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import { RetrievalError } from '../../../src/engine/core/errors.ts'
import { type Baseline, type BaselineSet, formatBaseline, parseBaseline } from '../baseline.ts'
import { checkBaseline } from '../check.ts'
import { formatCitations, formatDifferences, formatGate, formatSlices } from '../figures-table.ts'
import { formatQrels, formatRun } from '../run.ts'
import { takeHalf } from '../slices.ts'
import { systemDifference } from '../system-difference.ts'
import { type EvalArguments, QUESTION_SETS } from './eval-arguments.ts'
import { type EvaluationOptions, openEvaluation } from './evaluation.ts'
import {
  figuresOfHalf,
  type MeasuredSet,
  measureSet,
  toBaselineSet,
  toQrels,
  toRun,
} from './measure.ts'
import { readQuestions } from './questions.ts'

export type EvalCommand = EvaluationOptions & {
  /** Holds a folder for each question set, and the baseline. */
  readonly evalDir: string
  readonly print: (text: string) => void
  readonly now?: () => Date
}

export const BASELINE_FILE = 'baseline.json'

/** Throws `evaluation_invalid` for whatever would make the figures untrue, and for a check that fails. */
export async function runEval(asked: EvalArguments, command: EvalCommand): Promise<void> {
  const evaluation = await openEvaluation(command)
  try {
    if (asked.check || asked.writeBaseline) {
      const sets: Record<string, BaselineSet> = {}
      for (const set of QUESTION_SETS) {
        const questions = await readQuestions(join(command.evalDir, set))
        const measured = await measureSet(evaluation, questions)
        refuseBrokenCitations(measured)
        sets[set] = await toBaselineSet(measured)
      }
      const date = (command.now?.() ?? new Date()).toISOString().slice(0, 10)
      const now = { date, index: evaluation.snapshot.manifest.id, sets }
      await (asked.check ? check(now, command) : write(now, command))
      return
    }
    const questions = await readQuestions(join(command.evalDir, asked.set))
    const measured = await measureSet(evaluation, questions, { rankingOnly: asked.fitFree })
    const open = takeHalf(measured.open, asked.half)
    const differences = []
    for (const ablation of asked.ablations ? evaluation.ablations : []) {
      const without = takeHalf(await evaluation.askWithout(ablation, questions), asked.half)
      differences.push({ name: ablation.name, difference: systemDifference(without, open) })
    }
    await writeTrec(asked, open, command)
    const figures = figuresOfHalf(measured, asked.half)
    const { citations } = measured
    if (asked.json) {
      const { half, ...rest } = figures
      command.print(
        JSON.stringify({ set: asked.set, half, ...rest, citations, differences }, null, 2),
      )
    } else {
      const answerable = open.filter((one) => one.kind === 'answerable').length
      const parts = [
        `${asked.set}, half: ${asked.half}; ${open.length} questions, ${answerable} answerable`,
        formatSlices(figures.slices),
        ...(figures.gate ? [formatGate(figures.gate)] : []),
        formatCitations(citations),
        ...(differences.length > 0 ? [formatDifferences(differences)] : []),
      ]
      command.print(parts.join('\n\n'))
    }
    refuseBrokenCitations(measured)
  } finally {
    await evaluation.close()
  }
}

function refuseBrokenCitations({ citations }: MeasuredSet): void {
  if (citations.rate === 1) return
  throw fault(`${formatCitations(citations)}\nevery citation must hold`)
}

async function check(now: Baseline, { evalDir, print }: EvalCommand): Promise<void> {
  const path = join(evalDir, BASELINE_FILE)
  const files = createNodeFiles()
  if (!(await files.exists(path)))
    throw fault(`there is no ${path}: \`npm run eval -- --write-baseline\``)
  const before = parseBaseline(path, await files.readText(path))
  const faults = checkBaseline(before, now)
  if (faults.length > 0) throw fault(`not as ${path} says:\n${faults.join('\n')}`)
  const asked = Object.values(now.sets).flatMap((set) =>
    [set.answerable, set['near-domain'], set['out-of-domain']].map(
      (entries) => Object.keys(entries).length,
    ),
  )
  const total = asked.reduce((sum, count) => sum + count, 0)
  print(`${total} questions answered as ${path} of ${before.date} says; every citation holds`)
}

async function write(now: Baseline, { evalDir, print }: EvalCommand): Promise<void> {
  const path = join(evalDir, BASELINE_FILE)
  await createNodeFiles().write(path, formatBaseline(now))
  print(`${path}: written`)
}

async function writeTrec(
  asked: EvalArguments,
  open: Parameters<typeof toRun>[0],
  command: EvalCommand,
): Promise<void> {
  const files = createNodeFiles()
  if (asked.run !== undefined) await files.write(asked.run, formatRun(toRun(open), 'nss-copilot'))
  if (asked.qrels !== undefined) await files.write(asked.qrels, formatQrels(toQrels(open)))
  for (const path of [asked.run, asked.qrels])
    if (path !== undefined && !asked.json) command.print(`${path}: written`)
}

function fault(message: string): RetrievalError {
  return new RetrievalError('evaluation_invalid', message)
}
