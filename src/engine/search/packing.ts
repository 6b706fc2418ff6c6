/** Fits ranked passages into a token budget; passages are never cut and the first always returns. */
import type { Candidate } from './fusion.ts'

export type Packed = { readonly chosen: Candidate[]; readonly omitted: Candidate[] }

/** In rank order, leaving out what does not fit any more; a smaller passage further down may still. */
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
