/** Puts a retriever behind the request queue, counts the verdicts, and logs each question at debug level only. */
import type { Retriever } from '../../engine/core/retrieval.ts'
import type { Metrics } from './metrics.ts'
import type { RequestLog } from './request-log.ts'
import type { RequestQueue } from './request-queue.ts'

export type RetrieverQueue = {
  readonly queue: RequestQueue
  readonly metrics: Metrics
  readonly log?: Pick<RequestLog, 'question'> | undefined
}

/** Its `retrieve` rejects with `overloaded` when the queue is full, otherwise as `retriever` does. */
export function createQueuedRetriever(
  retriever: Retriever,
  { queue, metrics, log }: RetrieverQueue,
): Retriever {
  return {
    async retrieve(request, options) {
      const answer = await queue.run(() => retriever.retrieve(request, options))
      const { verdict } = answer.answerability
      metrics.answer({ verdict, degraded: answer.degraded })
      log?.question({ query: request.query, verdict, ms: answer.tookMs.total })
      return answer
    },
  }
}
