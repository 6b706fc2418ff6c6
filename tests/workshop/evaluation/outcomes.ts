/** Outcomes of questions for tests, from a few words. */
import type { Outcome } from '../../../workshop/evaluation/outcome.ts'

/** `ranked`: passage ids best first; those in `relevant` are judged, at grade 2. */
export function outcome(
  id: string,
  ranked: readonly string[],
  relevant: readonly string[],
  rest: Partial<Outcome> = {},
): Outcome {
  return {
    id,
    language: 'en',
    style: 'natural',
    topic: 'nss',
    kind: 'answerable',
    dev: true,
    grades: new Map(relevant.map((passage) => [passage, 2])),
    goodGuides: new Set(['nss']),
    ranked: ranked.map((passage) => ({ id: passage, guideId: passage.split('.')[0] ?? '' })),
    ...rest,
  }
}
