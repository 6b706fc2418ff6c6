/** `npm run eval:report`: one HTML page with every figure, chart and the worst questions. */
import { join } from 'node:path'
import { EXIT } from '../../../src/doors/cli/exit-codes.ts'
import type { AddCommands } from '../../../src/doors/cli/run-program.ts'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import { packagePath } from '../../../src/start/package-folder.ts'
import { openEvaluation } from '../asking/evaluation.ts'
import { measureSet } from '../asking/measured-set.ts'
import { readQuestions } from '../questions.ts'
import { collectReport, readReasons } from '../report/collect.ts'
import type { ReportData } from '../report/data.ts'
import {
  BASELINE_FILE,
  dateOf,
  EXIT_CODES,
  FROM_OPTION,
  openQuestionFolder,
  type QuestionFolder,
} from './question-folder.ts'

export type ReportCommand = QuestionFolder & {
  /** File to write. */
  readonly out: string
}

/** File in the questions' folder that says why each of the worst questions fails; written by a person. */
const REASONS_FILE = 'worst.yaml'

export const addReport: AddCommands = (program, { terminal, finish }) => {
  program
    .command('report')
    .description('write one HTML page with every figure, chart and the worst questions')
    .option(
      '--out <file>',
      'file to write (docs/evaluation.html of the repository; evaluation.html with --from)',
    )
    .option(...FROM_OPTION)
    .addHelpText(
      'after',
      `
Examples:
  $ npm run eval:report --
  $ npm run eval:report -- --from my-questions --out my-figures.html

${EXIT_CODES}`,
    )
    .action(async ({ from, out }: { readonly from?: string; readonly out?: string }) => {
      const own = from === undefined ? packagePath('docs/evaluation.html') : 'evaluation.html'
      await writeReport({ ...(await openQuestionFolder(from, terminal)), out: out ?? own })
      finish(EXIT.ok)
    })
}

/** Measures everything that the report shows, writes the page, and prints which questions still need a reason. */
export async function writeReport(command: ReportCommand): Promise<ReportData> {
  const { evalDir, out, print } = command
  const questions = await readQuestions(join(evalDir, 'questions'))
  const acceptance = await readQuestions(join(evalDir, 'acceptance'))
  // Timed as callers are served: without cached vectors.
  const timed = await openEvaluation({ ...command, fresh: true })
  const own = await measureSet(timed, questions).finally(timed.close)
  const evaluation = await openEvaluation(command)
  const reasonsPath = join(evalDir, REASONS_FILE)
  const reasons = await readReasons(reasonsPath)
  const data = await measureSet(evaluation, acceptance)
    .then((accepted) =>
      collectReport(evaluation, {
        date: dateOf(command),
        own,
        accepted,
        reasons,
        baselinePath: join(evalDir, BASELINE_FILE),
      }),
    )
    .finally(evaluation.close)
  // The chart library takes a second to load: only this command waits for it.
  const { renderReport } = await import('../report/page.ts')
  await createNodeFiles().write(out, await renderReport(data))
  print(`${out}: written`)
  printOpenReasons(data, reasons, reasonsPath, print)
  return data
}

function printOpenReasons(
  { worst }: ReportData,
  reasons: ReadonlyMap<string, string>,
  path: string,
  print: (text: string) => void,
): void {
  const open = worst.filter((question) => question.reason === undefined)
  const ids = new Set(worst.map((question) => question.id))
  const past = [...reasons.keys()].filter((id) => !ids.has(id))
  if (open.length > 0) {
    print(`read these questions and write into ${path} why each fails:`)
    for (const { id, text } of open) print(`  ${id}: ${text}`)
  }
  if (past.length > 0) print(`no longer among the worst: ${past.join(', ')}`)
}
