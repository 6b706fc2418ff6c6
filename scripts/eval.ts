/** `npm run eval`, `eval:report` and `eval:beir`: measure the retrieval quality of the service. */
import { runProgram } from '../src/doors/cli/run-program.ts'
import { addEvalCommands } from '../workshop/evaluation/commands/program.ts'

const { env, stdin, stdout, stderr } = process
const terminal = { env, stdin, stdout, stderr }
process.exitCode = await runProgram(process.argv.slice(2), terminal, addEvalCommands)
