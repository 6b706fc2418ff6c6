/** The commands of `npm run eval`. Each has its options, help and action in its own file. */
import type { AddCommands } from '../../../src/doors/cli/run-program.ts'
import { addBeir } from './beir.ts'
import { addOwnQuestions } from './own-questions.ts'
import { addReport } from './report.ts'

export const addEvalCommands: AddCommands = (program, call) => {
  addOwnQuestions(program, call)
  addReport(program, call)
  addBeir(program, call)
}
