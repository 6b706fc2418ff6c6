/** `nss-copilot eval`: the project's own questions, the report over them, and BEIR folders. */
import { join } from 'node:path'
import { EXIT } from '../../../src/doors/cli/exit-codes.ts'
import { print, type Terminal } from '../../../src/doors/cli/terminal.ts'
import { RetrievalError } from '../../../src/engine/core/errors.ts'
import { type Config, parseConfig } from '../../../src/start/config.ts'
import { packagePath } from '../../../src/start/package-folder.ts'
import { createProgressBars } from '../../../src/start/progress.ts'
import { parseBeirArguments } from './beir-arguments.ts'
import { runBeirCommand } from './beir-command.ts'
import { parseEvalArguments } from './eval-arguments.ts'
import { runEval } from './eval-command.ts'
import { evaluationModel } from './evaluation.ts'
import { writeReport } from './evaluation-report.ts'
import { hasQuestions } from './questions.ts'

export type EvalOptions = { readonly from?: string } & Readonly<Record<string, unknown>>
export type ReportOptions = { readonly from?: string; readonly out?: string }

/** Holds the vectors of every text that was ever measured. */
const cacheDir = () => packagePath('.cache/embeddings')

export async function runOwnQuestions(
  { from, ...options }: EvalOptions,
  terminal: Terminal,
): Promise<number> {
  const asked = parseEvalArguments(options)
  const config = parseConfig(terminal.env)
  await runEval(asked, { ...(await partsOf(config, from, terminal)), fresh: asked.fresh })
  return EXIT.ok
}

export async function runReport({ from, out }: ReportOptions, terminal: Terminal): Promise<number> {
  const config = parseConfig(terminal.env)
  const own = from === undefined ? packagePath('docs/evaluation.html') : 'evaluation.html'
  await writeReport({ ...(await partsOf(config, from, terminal)), out: out ?? own })
  return EXIT.ok
}

export async function runBeir(
  dirs: readonly string[],
  options: Readonly<Record<string, unknown>>,
  terminal: Terminal,
): Promise<number> {
  const asked = parseBeirArguments({ ...options, dirs })
  await runBeirCommand(asked, {
    modelDir: parseConfig(terminal.env).MODEL_DIR,
    cacheDir: cacheDir(),
    onProgress: createProgressBars(),
    print: (text) => print(terminal.stdout, text),
    notice: (text) => print(terminal.stderr, text),
  })
  return EXIT.ok
}

/** What every measurement over questions is given; throws `evaluation_invalid` where there are none to ask. */
async function partsOf(config: Config, from: string | undefined, terminal: Terminal) {
  const evalDir = from ?? packagePath('eval')
  if (!(await hasQuestions(join(evalDir, 'questions')))) {
    throw new RetrievalError(
      'evaluation_invalid',
      from === undefined
        ? 'the questions and judgments of the project are not part of the installed package: run this in a checkout of its repository, or measure questions of your own with --from FOLDER'
        : `${join(from, 'questions')} holds no questions (*.jsonl, one question with its judgments a line)`,
    )
  }
  return {
    ...(await evaluationModel(config)),
    indexDir: config.INDEX_DIR,
    evalDir,
    cacheDir: cacheDir(),
    onProgress: createProgressBars(),
    print: (text: string) => print(terminal.stdout, text),
  }
}
