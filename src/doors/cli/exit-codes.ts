/** Exit codes of the process: part of the public interface, listed by --help. */
import { isRetrievalError } from '../../engine/core/errors.ts'

export const EXIT = {
  ok: 0,
  /** Something failed: a damaged index, a service that cannot be reached. */
  fault: 1,
  /** The call is wrong: an unknown option, a missing question, a setting that is not allowed. */
  usage: 2,
  /** `query`: the guides hold no answer. */
  notInCorpus: 3,
  /** `verify`: at least one quote is not in the guide that it is attributed to. */
  notFound: 4,
} as const

export function exitCodeOf(error: unknown): number {
  if (!isRetrievalError(error)) return EXIT.fault
  return error.code === 'invalid_request' || error.code === 'config_invalid'
    ? EXIT.usage
    : EXIT.fault
}

export const EXIT_CODES_HELP = `Exit codes:
  0  done; query: the guides answer the question, fully or partly; verify: every quote was found
  1  something failed: a damaged index, a service that cannot be reached
  2  the call is wrong: an unknown option, a missing question, a setting that is not allowed
  3  query: the guides hold no answer
  4  verify: at least one quote is not in the guide that it is attributed to`
