/** Fits ranked passages into a token budget. Passages are never cut, and the first is always returned. */
import type { Candidate } from './fusion.ts'

export type Packed = { readonly chosen: Candidate[]; readonly omitted: Candidate[] }

/** Takes passages in rank order and omits those that no longer fit; a smaller one further down may still fit. `limit` bounds both lists together. */
export function pack(ranked: readonly Candidate[], limit: number, maxTokens: number): Packed {
  const chosen: Candidate[] = []
  const omitted: Candidate[] = []
  let used = 0
  for (const candidate of ranked.slice(0, limit)) {
    const { tokens } = candidate.passage
    if (chosen.length === 0 || used + tokens <= maxTokens) {
      chosen.push(candidate)
      used += tokens
    } else omitted.push(candidate)
  }
  return { chosen, omitted }
}
