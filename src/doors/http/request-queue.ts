/** Bounds how many questions are in progress or waiting; any further one is refused at once instead of waiting for long. */
import { RetrievalError } from '../../engine/core/errors.ts'

export type RequestQueue = {
  /** How many questions are in progress or waiting. */
  readonly inFlight: () => number
  /** Runs the task; throws `overloaded` at once, without running it, when the queue is full. */
  run<T>(task: () => Promise<T>): Promise<T>
}

/** A question takes about ten milliseconds, so even a full queue of 256 is empty again within about two seconds. */
const RETRY_AFTER_SECONDS = 2

/** `maxQueue` counts the questions in progress as well as those waiting. */
export function createRequestQueue(maxQueue: number): RequestQueue {
  let inFlight = 0
  return {
    inFlight: () => inFlight,
    async run(task) {
      if (inFlight >= maxQueue) {
        throw new RetrievalError(
          'overloaded',
          `${maxQueue} questions are already waiting: try again in ${RETRY_AFTER_SECONDS} seconds`,
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
