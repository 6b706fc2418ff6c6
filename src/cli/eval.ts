/** `nss-copilot eval`: the project's own questions, the report over them, and BEIR folders. */
import { join } from 'node:path'
import { RetrievalError } from '../core/errors.ts'
import { parseBeirArguments } from '../runtime/beir-arguments.ts'
import { runBeirCommand } from '../runtime/beir-command.ts'
import { type Config, parseConfig } from '../runtime/config.ts'
import { parseEvalArguments } from '../runtime/eval-arguments.ts'
import { runEval } from '../runtime/eval-command.ts'
import { evaluationModel } from '../runtime/evaluation.ts'
import { writeReport } from '../runtime/evaluation-report.ts'
import { packagePath } from '../runtime/package-folder.ts'
import { createProgressBars } from '../runtime/progress.ts'
import { hasQuestions } from '../runtime/questions.ts'
import { EXIT } from './exit-codes.ts'
import { print, type Terminal } from './terminal.ts'

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
