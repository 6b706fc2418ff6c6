/** `npm run fit:answerability`: fits the gate and the passage scores on the dev half; `npm run build:index` then ships them. */
import { writeFile } from 'node:fs/promises'
import { type Calibration, OPEN_GATE } from '../src/engine/core/calibration.ts'
import { PASSAGE_SIGNAL_NAMES, SIGNAL_NAMES } from '../src/engine/search/answerability.ts'
import { CALIBRATION_FILE } from '../src/start/build.ts'
import { parseConfig } from '../src/start/config.ts'
import { loadService } from '../src/start/load-service.ts'
import { createProgress } from '../src/start/progress.ts'
import { calibrate, type Side } from '../workshop/evaluation/calibrate.ts'
import { askQuestions } from '../workshop/evaluation/commands/evaluate-questions.ts'
import { readQuestions } from '../workshop/evaluation/commands/questions.ts'
import { runScript } from './run.ts'

/** Names and numbers say nothing more beside vectors on the dev half, and much without them. */
const WITH_VECTORS = SIGNAL_NAMES.filter((name) => name !== 'entities')

/** What is left of the signals without vectors. */
const WORDS_ALONE = {
  question: ['gap', 'coverage', 'evidence', 'foreign', 'length', 'known', 'entities'],
  passage: ['behind', 'coverage', 'evidence', 'question'],
}

await runScript(async () => {
  const config = parseConfig(process.env)
  const questions = await readQuestions('eval/questions')
  let fingerprint = ''
  const side = async (modelDir: string, names: Parameters<typeof calibrate>[1]): Promise<Side> => {
    const service = await loadService({
      ...config,
      MODEL_DIR: modelDir,
      baseUrl: 'http://localhost',
      notice: () => {},
      calibration: OPEN_GATE,
    })
    const index = service.current()
    fingerprint = index.snapshot.manifest.fingerprint
    const progress = createProgress('asking')
    try {
      return calibrate(await askQuestions(index, questions, { onProgress: progress.update }), names)
    } finally {
      progress.stop()
      await service.close()
    }
  }
  const hybrid = await side(config.MODEL_DIR, {
    question: WITH_VECTORS,
    passage: PASSAGE_SIGNAL_NAMES,
  })
  const lexical = await side('no-model', WORDS_ALONE)
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
  await writeFile(CALIBRATION_FILE, `${JSON.stringify(calibration, null, 2)}\n`)
  console.log(
    `${CALIBRATION_FILE}: fitted on the dev half of ${questions.length} questions; on the test half:`,
  )
  for (const [name, rate] of Object.entries(calibration.errorRates))
    console.log(`${name.padEnd(36)} ${rate}`)
  console.log('now run `npm run build:index` to ship it with the index')
})

function prefixed(rates: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(rates).map(([name, rate]) => [`wordsAlone.${name}`, rate]),
  )
}
