/** Runs a command-line program once, and turns whatever it throws into a message and an exit code. */
import { Command, CommanderError } from 'commander'
import { messageOf } from '../../engine/core/errors.ts'
import { EXIT, exitCodeOf } from './exit-codes.ts'
import { createPaint, print, type Terminal, wantsColour } from './terminal.ts'

/** What a command gets: the streams and environment of the process, and a way to report its exit code. */
export type Call = {
  readonly terminal: Terminal
  /** Sets the exit code of the call. */
  readonly finish: (exitCode: number) => void
}

/** Registers commands, with their options, help and action, on a program. */
export type AddCommands = (program: Command, call: Call) => void

/** Resolves with the exit code and never rejects. */
export async function runProgram(
  argv: readonly string[],
  terminal: Terminal,
  addCommands: AddCommands,
): Promise<number> {
  let exitCode: number = EXIT.ok
  const program = createProgram(terminal)
  const finish = (code: number) => {
    exitCode = code
  }
  addCommands(program, { terminal, finish })
  try {
    await program.parseAsync(argv, { from: 'user' })
    return exitCode
  } catch (error) {
    // Commander has already printed the message. It also throws for --help and --version, with exit code 0.
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
    const paint = createPaint(wantsColour(terminal.env, terminal.stderr))
    print(terminal.stderr, `${paint('red', 'error:')} ${messageOf(error)}`)
    return exitCodeOf(error)
  }
}

function createProgram(terminal: Terminal): Command {
  const bold = (text: string) =>
    createPaint(wantsColour(terminal.env, terminal.stdout))('bold', text)
  return new Command()
    .configureHelp({ styleTitle: bold })
    .configureOutput({
      writeOut: (text) => terminal.stdout.write(text),
      writeErr: (text) => terminal.stderr.write(text),
      getOutHasColors: () => wantsColour(terminal.env, terminal.stdout),
      getErrHasColors: () => wantsColour(terminal.env, terminal.stderr),
    })
    .showHelpAfterError('(see --help)')
    .exitOverride()
}
