/** What `npm run eval` takes and what its help teaches; the code is loaded only when it is called. */

import type { AddCommands } from '../../../src/doors/cli/program.ts'
import type { EvalOptions, ReportOptions } from './eval.ts'

const EXIT_CODES =
  'Exit codes: 0 measured; 1 something failed, does not hold, or the figures would not be true; 2 the call is wrong.'
const FROM = [
  '--from <folder>',
  'folder of questions/, acceptance/ and baseline.json (eval/ of the repository)',
] as const

export const addEvalCommands: AddCommands = (program, terminal, finish) => {
  program
    .name('npm run eval --')
    .description(
      'measure how well the service finds what it should; alone: on the questions of the project',
    )
    .enablePositionalOptions()
    .option('--set <name>', 'questions or acceptance (questions)')
    .option('--half <name>', 'dev, test or all (all)')
    .option('--ablations', 'measure the system with each part taken away as well', false)
    .option('--fit-free', 'the ranking alone, without what rests on the fitted gate', false)
    .option('--run <file>', 'write the rankings as a TREC run')
    .option('--qrels <file>', 'write the judgments as TREC qrels')
    .option('--json', 'the figures as JSON', false)
    .option('--fresh', 'embed every question again', false)
    .option('--check', 'hold both sets against the baseline: 1 when they differ', false)
    .option('--write-baseline', 'write down both sets as the new baseline', false)
    .option(...FROM)
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
    .action(async (options: EvalOptions) => {
      const { runOwnQuestions } = await import('./eval.ts')
      finish(await runOwnQuestions(options, terminal))
    })

  program
    .command('report')
    .description('one HTML page with every figure, plot and the worst questions')
    .option(
      '--out <file>',
      'file to write (docs/evaluation.html of the repository; evaluation.html with --from)',
    )
    .option(...FROM)
    .addHelpText(
      'after',
      `
Examples:
  $ npm run eval:report --
  $ npm run eval:report -- --from my-questions --out my-figures.html

${EXIT_CODES}`,
    )
    .action(async (options: ReportOptions) => {
      const { runReport } = await import('./eval.ts')
      finish(await runReport(options, terminal))
    })

  program
    .command('beir')
    .description('nDCG@10 and more on BEIR folders, with the ranking of the service')
    .argument('<folders...>', 'folders with corpus.jsonl, queries.jsonl and qrels/')
    .option('--system <name>', 'hybrid, dense, lexical or rrf (hybrid)')
    .option('--split <name>', 'dev, test or all of the queries (all)')
    .option('--run <file>', 'write the rankings of one folder as a TREC run')
    .option('--chunk', 'cut documents into passages first', false)
    .addHelpText(
      'after',
      `
Examples:
  $ npm run eval:beir -- my-dataset
  $ npm run eval:beir -- one two --system lexical --split test

${EXIT_CODES}`,
    )
    .action(async (folders: string[], options: Readonly<Record<string, unknown>>) => {
      const { runBeir } = await import('./eval.ts')
      finish(await runBeir(folders, options, terminal))
    })
}
