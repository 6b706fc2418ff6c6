/** A question's way for every door: a place in the queue, the answer, its verdict counted; the question only in the debug log. */
import type { Retriever } from '../../engine/core/retrieval.ts'
import type { Verifier } from '../../engine/core/verification.ts'
import type { Gate } from './gate.ts'
import type { Metrics } from './metrics.ts'
import type { RequestLog } from './observe.ts'

export type Observers = {
  readonly gate: Gate
  readonly metrics: Metrics
  readonly log?: Pick<RequestLog, 'question'> | undefined
}

/** The retriever behind the queue. */
export function observeRetriever(
  retriever: Retriever,
  { gate, metrics, log }: Observers,
): Retriever {
  return {
    async retrieve(request, options) {
      const answer = await gate.run(() => retriever.retrieve(request, options))
      const { verdict } = answer.answerability
      metrics.answer({ verdict, degraded: answer.degraded })
      log?.question({ query: request.query, verdict, ms: answer.tookMs.total })
      return answer
    },
  }
}

/** Quotes need no place in the queue: they take no model. */
export function observeVerifier(verifier: Verifier, metrics: Metrics): Verifier {
  return {
    ...verifier,
    verify(request) {
      const response = verifier.verify(request)
      for (const { verdict } of response.results) metrics.quote(verdict)
      return response
    },
  }
}
