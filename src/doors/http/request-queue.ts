/** Bounds the questions that are answered or wait at one time; one more is refused at once instead of left hanging. */
import { RetrievalError } from '../../engine/core/errors.ts'

export type RequestQueue = {
  /** How many questions are being answered or wait. */
  readonly inFlight: () => number
  /** Runs the task; throws `overloaded` at once, without running it, when the queue is full. */
  run<T>(task: () => Promise<T>): Promise<T>
}

/** A question takes some ten milliseconds, so a full queue is empty again within a few seconds. */
const RETRY_AFTER_SECONDS = 2

/** `maxQueue`: questions in flight, those that are being answered included. */
export function createRequestQueue(maxQueue: number): RequestQueue {
  let inFlight = 0
  return {
    inFlight: () => inFlight,
    async run(task) {
      if (inFlight >= maxQueue) {
        throw new RetrievalError(
          'overloaded',
          `${maxQueue} questions are waiting already: try again in ${RETRY_AFTER_SECONDS} seconds`,
          { details: { retryAfter: RETRY_AFTER_SECONDS } },
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
