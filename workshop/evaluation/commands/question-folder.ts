/** Shared by the commands that read a folder of questions: `--from`, the index, the model, caches and output. */
import { join } from 'node:path'
import { print, type Terminal } from '../../../src/doors/cli/terminal.ts'
import { RetrievalError } from '../../../src/engine/core/errors.ts'
import { parseConfig } from '../../../src/start/config.ts'
import { packagePath } from '../../../src/start/package-folder.ts'
import { createProgress } from '../../../src/start/progress.ts'
import { type EvaluationOptions, evaluationModel } from '../asking/evaluation.ts'
import { hasQuestions } from '../questions.ts'

export const FROM_OPTION = [
  '--from <folder>',
  'folder with questions/, acceptance/ and baseline.json (eval/ of the repository)',
] as const

export const EXIT_CODES =
  'Exit codes: 0 measured; 1 something failed, a check failed, or the figures would not be valid; 2 invalid usage.'

/** File in the folder that `--check` compares with and `--write-baseline` writes. */
export const BASELINE_FILE = 'baseline.json'

export type QuestionFolder = Omit<EvaluationOptions, 'fresh'> & {
  /** Holds a folder for each question set, and the baseline. */
  readonly evalDir: string
  readonly print: (text: string) => void
  readonly now?: () => Date
}

/** The cache of all vectors that evaluations have computed, keyed by content. */
export function embeddingCacheDir(): string {
  return packagePath('.cache/embeddings')
}

/** Opens the folder `from`, by default the project's `eval/`. Throws `evaluation_invalid` if it has no questions. */
export async function openQuestionFolder(
  from: string | undefined,
  { env, stdout, stderr }: Terminal,
): Promise<QuestionFolder> {
  const config = parseConfig(env)
  const evalDir = from ?? packagePath('eval')
  if (!(await hasQuestions(join(evalDir, 'questions')))) {
    throw new RetrievalError(
      'evaluation_invalid',
      `${join(evalDir, 'questions')} holds no questions (*.jsonl, one question with its judgments per line): give a folder with --from`,
    )
  }
  return {
    ...(await evaluationModel(config)),
    indexDir: config.INDEX_DIR,
    evalDir,
    cacheDir: embeddingCacheDir(),
    onProgress: createProgress(stderr),
    print: (text) => print(stdout, text),
  }
}

export function dateOf({ now }: Pick<QuestionFolder, 'now'>): string {
  return (now?.() ?? new Date()).toISOString().slice(0, 10)
}
