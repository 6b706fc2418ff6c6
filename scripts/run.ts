/** Runs a script and turns errors into exit code 1. A known error prints only its message, any other its stack too. */
import { isRetrievalError } from '../src/engine/core/errors.ts'

export async function runScript(script: () => Promise<void>): Promise<void> {
  try {
    await script()
  } catch (error) {
    console.error(isRetrievalError(error) ? error.message : error)
    process.exitCode = 1
  }
}
