/** Lets a bounded number of questions wait; the next is told to come back instead of being left hanging. */
import { RetrievalError } from '../../engine/core/errors.ts'

export type Gate = {
  readonly inFlight: () => number
  /** Throws `overloaded` at once when the queue is full. */
  run<T>(task: () => Promise<T>): Promise<T>
}

/** A question takes some ten milliseconds, so a full queue is gone within a few seconds. */
const RETRY_AFTER_SECONDS = 2

export function createGate(maxQueue: number): Gate {
  let inFlight = 0
  return {
    inFlight: () => inFlight,
    async run(task) {
      if (inFlight >= maxQueue) {
        throw new RetrievalError(
          'overloaded',
          `${maxQueue} questions are waiting already: try again in ${RETRY_AFTER_SECONDS} seconds`,
          {
            details: { retryAfter: RETRY_AFTER_SECONDS },
          },
        )
      }
      inFlight++
      try {
        return await task()
      } finally {
        inFlight--
      }
    },
  }
}
