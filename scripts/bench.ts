/** `npm run bench [-- --sessions | --vectors]`: measures latency, throughput and memory, and prints one table. */
import { parseArgs } from 'node:util'
import { parseConfig } from '../src/start/config.ts'
import { benchBuild, benchSessions } from '../workshop/bench/embedding.ts'
import { benchParts } from '../workshop/bench/parts.ts'
import { benchServer } from '../workshop/bench/server.ts'
import type { BenchRow } from '../workshop/bench/timing.ts'
import { benchVectors } from '../workshop/bench/vectors.ts'
import { readQuestions } from '../workshop/evaluation/questions.ts'
import { runScript } from './run.ts'

/** How many of the project's own questions are used for timing. */
const QUESTIONS = 200

await runScript(async () => {
  const config = parseConfig(process.env)
  const { values } = parseArgs({
    options: {
      sessions: { type: 'boolean', default: false },
      vectors: { type: 'boolean', default: false },
    },
  })
  const print = (rows: readonly BenchRow[]) => {
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
