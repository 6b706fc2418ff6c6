/** Exit codes of the process. They are part of the public interface and listed by --help. */
import { isRetrievalError } from '../../engine/core/errors.ts'

export const EXIT = {
  ok: 0,
  /** Something failed: a damaged index, a service that cannot be reached. */
  fault: 1,
  /** Invalid usage: an unknown option, a missing question, an invalid setting. */
  usage: 2,
  /** `query`: the guides do not answer the question. */
  notInCorpus: 3,
  /** `verify`: at least one quote has another verdict than `found`. */
  notFound: 4,
} as const

export function exitCodeOf(error: unknown): number {
  if (!isRetrievalError(error)) return EXIT.fault
  return error.code === 'invalid_request' || error.code === 'config_invalid'
    ? EXIT.usage
    : EXIT.fault
}

export const EXIT_CODES_HELP = `Exit codes:
  0  success; query: the guides answer the question, fully or partly; verify: every quote was found
  1  something failed: a damaged index, a service that cannot be reached
  2  invalid usage: an unknown option, a missing question, an invalid setting
  3  query: the guides do not answer the question
  4  verify: at least one quote was not found as given`
