/** Runs a script: a known error is one message and exit code 1, any other keeps its stack. */
import { isRetrievalError } from '../src/engine/core/errors.ts'

export async function runScript(script: () => Promise<void>): Promise<void> {
  try {
    await script()
  } catch (error) {
    console.error(isRetrievalError(error) ? error.message : error)
    process.exitCode = 1
  }
}
