/** `npm run bench [-- --sessions | --vectors]`: what the service costs, printed as one table. */
import { parseArgs } from 'node:util'
import { parseConfig } from '../src/start/config.ts'
import {
  benchBuild,
  benchParts,
  benchServer,
  benchSessions,
  benchVectors,
  type Row,
} from '../workshop/bench/bench.ts'
import { readQuestions } from '../workshop/evaluation/questions.ts'
import { runScript } from './run.ts'

const QUESTIONS = 200

await runScript(async () => {
  const config = parseConfig(process.env)
  const { values } = parseArgs({
    options: {
      sessions: { type: 'boolean', default: false },
      vectors: { type: 'boolean', default: false },
    },
  })
  const print = (rows: readonly Row[]) => {
    for (const [name, value] of rows) console.log(`${name.padEnd(48)} ${value}`)
  }
  if (values.vectors) return print(await benchVectors())
  const questions = (await readQuestions('eval/questions'))
    .slice(0, QUESTIONS)
    .map((question) => question.text)
  if (values.sessions) return print(await benchSessions(config, questions))
  print(await benchServer(config, questions))
  print(await benchParts(config, questions))
  print(await benchBuild(config))
})
