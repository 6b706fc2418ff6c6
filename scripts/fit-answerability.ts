/** `npm run fit:answerability`: fits the answerability and passage scores. `npm run build:index` then puts them into the index. */
import { parseConfig } from '../src/start/config.ts'
import { fitAnswerability } from '../workshop/evaluation/commands/fit-answerability.ts'
import { runScript } from './run.ts'

await runScript(() => fitAnswerability(parseConfig(process.env), console.log))
