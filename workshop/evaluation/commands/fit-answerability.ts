/** `npm run fit:answerability`: fits answerability and passage scores on the dev half of the project's questions. */
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import { type Calibration, OPEN_GATE } from '../../../src/engine/core/calibration.ts'
import { PASSAGE_SIGNAL_NAMES, SIGNAL_NAMES } from '../../../src/engine/search/answerability.ts'
import { CALIBRATION_FILE } from '../../../src/start/build.ts'
import type { Config } from '../../../src/start/config.ts'
import { loadService } from '../../../src/start/load-service.ts'
import { createProgress } from '../../../src/start/progress.ts'
import { askQuestions } from '../asking/ask-questions.ts'
import { calibrate, type FittedSide, type SignalNames } from '../calibrate.ts'
import { type Question, readQuestions } from '../questions.ts'

/** With vectors, the signal `entities` (names and numbers) improves nothing on the dev half; without vectors it helps a lot. */
const WITH_VECTORS: SignalNames = {
  question: SIGNAL_NAMES.filter((name) => name !== 'entities'),
  passage: PASSAGE_SIGNAL_NAMES,
}

/** The signals that exist without vectors. */
const WORDS_ALONE: SignalNames = {
  question: ['gap', 'coverage', 'evidence', 'foreign', 'length', 'known', 'entities'],
  passage: ['behind', 'coverage', 'evidence', 'question'],
}

/** Writes `CALIBRATION_FILE`, which `npm run build:index` then ships with the index, and prints the errors on the test half. */
export async function fitAnswerability(
  config: Config,
  print: (text: string) => void,
): Promise<void> {
  const questions = await readQuestions('eval/questions')
  const { side: hybrid, fingerprint } = await fitSide(config, questions, WITH_VECTORS)
  const { side: lexical } = await fitSide(
    { ...config, MODEL_DIR: 'no-model' },
    questions,
    WORDS_ALONE,
  )
  const calibration: Calibration = {
    fingerprint,
    date: new Date().toISOString().slice(0, 10),
    questions: questions.length,
    hybrid: hybrid.hybrid,
    lexical: lexical.hybrid,
    passage: { hybrid: hybrid.passage, lexical: lexical.passage },
    thresholds: { hybrid: hybrid.thresholds, lexical: lexical.thresholds },
    errorRates: { ...hybrid.errorRates, ...prefixed(lexical.errorRates) },
  }
  await createNodeFiles().write(CALIBRATION_FILE, `${JSON.stringify(calibration, null, 2)}\n`)
  print(
    `${CALIBRATION_FILE}: fitted on the dev half of ${questions.length} questions; on the test half:`,
  )
  for (const [name, rate] of Object.entries(calibration.errorRates))
    print(`${name.padEnd(36)} ${rate}`)
  print('run `npm run build:index` to ship it with the index')
}

/** Asks all questions without abstention and fits on the results. If the model is missing, the service searches by words alone. */
async function fitSide(
  config: Config,
  questions: readonly Question[],
  names: SignalNames,
): Promise<{ side: FittedSide; fingerprint: string }> {
  const service = await loadService({
    ...config,
    baseUrl: 'http://localhost',
    notice: () => {},
    calibration: OPEN_GATE,
  })
  const index = service.current()
  const progress = createProgress()
  try {
    const asked = await askQuestions(index, questions, {
      onProgress: (done, total) => progress('asking', done, total),
    })
    return {
      side: calibrate(asked, names),
      fingerprint: index.snapshot.manifest.fingerprint,
    }
  } finally {
    await service.close()
  }
}

function prefixed(rates: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(rates).map(([name, rate]) => [`wordsAlone.${name}`, rate]),
  )
}
