/** `npm run eval`, `eval:report` and `eval:beir`: how well the service finds what it should. */
import { runProgram } from '../src/doors/cli/program.ts'
import { addEvalCommands } from '../workshop/evaluation/commands/eval-program.ts'

const { env, stdin, stdout, stderr } = process
const terminal = { env, stdin, stdout, stderr }
process.exitCode = await runProgram(process.argv.slice(2), terminal, addEvalCommands)
