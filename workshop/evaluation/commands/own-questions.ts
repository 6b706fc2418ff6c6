/** `npm run eval`: measures the service on judged questions, or checks it against the baseline. */
import { join } from 'node:path'
import { z } from 'zod'
import { EXIT } from '../../../src/doors/cli/exit-codes.ts'
import type { AddCommands } from '../../../src/doors/cli/run-program.ts'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import { RetrievalError } from '../../../src/engine/core/errors.ts'
import { validate } from '../../../src/engine/core/input.ts'
import { type Evaluation, openEvaluation } from '../asking/evaluation.ts'
import {
  figuresOfHalf,
  type MeasuredSet,
  measureSet,
  toBaselineSet,
  toQrels,
  toRun,
} from '../asking/measured-set.ts'
import { type Baseline, type BaselineSet, formatBaseline, parseBaseline } from '../baseline.ts'
import { checkBaseline } from '../baseline-check.ts'
import {
  formatAbstention,
  formatCitations,
  formatDifferences,
  formatSlices,
} from '../figures-table.ts'
import { readQuestions } from '../questions.ts'
import { takeHalf } from '../slices.ts'
import { SPLITS } from '../split.ts'
import { systemDifference } from '../system-difference.ts'
import { formatQrels, formatRun } from '../trec.ts'
import {
  BASELINE_FILE,
  dateOf,
  EXIT_CODES,
  FROM_OPTION,
  openQuestionFolder,
  type QuestionFolder,
} from './question-folder.ts'

const QUESTION_SETS = ['questions', 'acceptance'] as const

const optionsSchema = z
  .strictObject({
    set: z.enum(QUESTION_SETS).default('questions'),
    half: z.enum(SPLITS).default('all'),
    /** Also measure the system with each part removed. */
    ablations: z.boolean().default(false),
    /** Measure only the ranking, nothing that depends on the fitted calibration. */
    fitFree: z.boolean().default(false),
    run: z.string().min(1).optional(),
    qrels: z.string().min(1).optional(),
    json: z.boolean().default(false),
    /** Embed every question again instead of using cached vectors. */
    fresh: z.boolean().default(false),
    check: z.boolean().default(false),
    writeBaseline: z.boolean().default(false),
  })
  .refine((value) => !(value.check && value.writeBaseline), {
    message: '--check and --write-baseline cannot be combined',
    path: ['check'],
  })

export type OwnQuestionsOptions = z.infer<typeof optionsSchema>

/** Throws `invalid_request` naming the option that is wrong. */
export function parseOwnQuestionsOptions(given: unknown): OwnQuestionsOptions {
  return validate(optionsSchema, given)
}

export const addOwnQuestions: AddCommands = (program, { terminal, finish }) => {
  program
    .name('npm run eval --')
    .description('measure retrieval quality; without a command, on the questions of the project')
    .enablePositionalOptions()
    .option('--set <name>', 'questions or acceptance (questions)')
    .option('--half <name>', 'dev, test or all (all)')
    .option('--ablations', 'also measure the system with each part removed', false)
    .option('--fit-free', 'measure the ranking alone, without the fitted answerability', false)
    .option('--run <file>', 'write the rankings as a TREC run')
    .option('--qrels <file>', 'write the judgments as TREC qrels')
    .option('--json', 'print the figures as JSON', false)
    .option('--fresh', 'embed every question again', false)
    .option('--check', 'compare both sets with the baseline; exits with 1 when they differ', false)
    .option('--write-baseline', 'write the figures of both sets as the new baseline', false)
    .option(...FROM_OPTION)
    .addHelpText(
      'after',
      `
Examples:
  $ npm run eval --                                   # every measure by slice, with intervals
  $ npm run eval -- --half test --ablations --json
  $ npm run eval -- --check                           # does the index answer as the baseline says?
  $ npm run eval:beir -- my-dataset --system lexical
  $ npm run eval:report -- --out evaluation.html

The questions are in the repository, not in the installed package.
${EXIT_CODES}`,
    )
    .action(async ({ from, ...given }: { readonly from?: string }) => {
      const options = parseOwnQuestionsOptions(given)
      await runOwnQuestions(options, await openQuestionFolder(from, terminal))
      finish(EXIT.ok)
    })
}

/** Throws `evaluation_invalid` if the figures would not be valid, or if a check fails. */
export async function runOwnQuestions(
  options: OwnQuestionsOptions,
  folder: QuestionFolder,
): Promise<void> {
  const evaluation = await openEvaluation({ ...folder, fresh: options.fresh })
  try {
    if (options.check || options.writeBaseline) {
      const measured = await measureBaseline(evaluation, folder)
      await (options.check ? check : write)(measured, folder)
    } else await measure(evaluation, options, folder)
  } finally {
    await evaluation.close()
  }
}

async function measure(
  evaluation: Evaluation,
  options: OwnQuestionsOptions,
  folder: QuestionFolder,
): Promise<void> {
  const { set, half } = options
  const questions = await readQuestions(join(folder.evalDir, set))
  const measured = await measureSet(evaluation, questions, { rankingOnly: options.fitFree })
  const open = takeHalf(measured.open, half)
  const differences = []
  for (const ablation of options.ablations ? evaluation.ablations : []) {
    const without = takeHalf(await evaluation.askWithout(ablation, questions), half)
    differences.push({ name: ablation.name, difference: systemDifference(without, open) })
  }
  await writeTrec(options, open, folder)
  const { slices, abstention } = figuresOfHalf(measured, half)
  const { citations } = measured
  if (options.json) {
    const figures = { set, half, slices, abstention, citations, differences }
    folder.print(JSON.stringify(figures, null, 2))
  } else {
    const answerable = open.filter((one) => one.kind === 'answerable').length
    const parts = [
      `${set}, half: ${half}; ${open.length} questions, ${answerable} answerable`,
      formatSlices(slices),
      ...(abstention ? [formatAbstention(abstention)] : []),
      formatCitations(citations),
      ...(differences.length > 0 ? [formatDifferences(differences)] : []),
    ]
    folder.print(parts.join('\n\n'))
  }
  refuseBrokenCitations(measured)
}

async function measureBaseline(evaluation: Evaluation, folder: QuestionFolder): Promise<Baseline> {
  const sets: Record<string, BaselineSet> = {}
  for (const set of QUESTION_SETS) {
    const questions = await readQuestions(join(folder.evalDir, set))
    const measured = await measureSet(evaluation, questions)
    refuseBrokenCitations(measured)
    sets[set] = await toBaselineSet(measured)
  }
  return { date: dateOf(folder), index: evaluation.snapshot.manifest.id, sets }
}

async function check(now: Baseline, { evalDir, print }: QuestionFolder): Promise<void> {
  const path = join(evalDir, BASELINE_FILE)
  const files = createNodeFiles()
  if (!(await files.exists(path)))
    throw fault(`there is no ${path}: create it with \`npm run eval -- --write-baseline\``)
  const before = parseBaseline(path, await files.readText(path))
  const faults = checkBaseline(before, now)
  if (faults.length > 0) throw fault(`the figures differ from ${path}:\n${faults.join('\n')}`)
  const counts = Object.values(now.sets).flatMap((set) =>
    [set.answerable, set['near-domain'], set['out-of-domain']].map(
      (entries) => Object.keys(entries).length,
    ),
  )
  const total = counts.reduce((sum, count) => sum + count, 0)
  print(`${total} questions match ${path} of ${before.date}; every citation is valid`)
}

async function write(now: Baseline, { evalDir, print }: QuestionFolder): Promise<void> {
  const path = join(evalDir, BASELINE_FILE)
  await createNodeFiles().write(path, formatBaseline(now))
  print(`${path}: written`)
}

async function writeTrec(
  { run, qrels, json }: OwnQuestionsOptions,
  open: Parameters<typeof toRun>[0],
  { print }: QuestionFolder,
): Promise<void> {
  const files = createNodeFiles()
  if (run !== undefined) await files.write(run, formatRun(toRun(open), 'nss-copilot'))
  if (qrels !== undefined) await files.write(qrels, formatQrels(toQrels(open)))
  for (const path of [run, qrels]) if (path !== undefined && !json) print(`${path}: written`)
}

function refuseBrokenCitations({ citations }: MeasuredSet): void {
  if (citations.rate === 1) return
  throw fault(`${formatCitations(citations)}\nevery citation must be valid`)
}

function fault(message: string): RetrievalError {
  return new RetrievalError('evaluation_invalid', message)
}
