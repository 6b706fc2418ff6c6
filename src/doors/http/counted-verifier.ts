/** Wraps a verifier to count its verdicts. It needs no queue, because checking a quote does not use the model. */
import type { Verifier } from '../../engine/core/verification.ts'
import type { Metrics } from './metrics.ts'

export function createCountedVerifier(verifier: Verifier, metrics: Metrics): Verifier {
  return {
    ...verifier,
    verify(request) {
      const response = verifier.verify(request)
      for (const { verdict } of response.results) metrics.quote(verdict)
      return response
    },
  }
}
