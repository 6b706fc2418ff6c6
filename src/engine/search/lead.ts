/** The last word on order, among passages that the scores hardly tell apart: the better supported guide leads, the official text goes first. */
import type { Candidate } from './fusion.ts'
import type { Standing } from './standing.ts'

/** How far behind the best score a passage may still come first; a larger reach gains nothing on the dev questions. */
export const LEAD_REACH = 0.02
/** What a guide's best passages together count against the passage's own score when the first place is given. */
export const GUIDE_SHARE = 0.4
/** Passages of a guide that speak for it. */
const GUIDE_DEPTH = 3
/** Candidates that may come first. */
const CONTENDERS = 10
/** Scores this near are a tie: 8-bit inference differs by as much from one processor to another. */
export const OFFICIAL_TIE = 0.001
/** Passages that state one typed fact are told apart by their sources, not by a small difference of words. */
export const SAME_FACT_REACH = 0.02

/** Deeper than any answer. */
const OFFICIAL_DEPTH = 40

export type Moved = 'guide' | 'official'

export type Ordered = {
  readonly ranked: readonly Candidate[]
  /** Passage id to why it stands before passages with a higher score. */
  readonly moved: ReadonlyMap<string, Moved>
}

export type LeadOptions = {
  readonly standing: Standing
  /** 0: scores alone decide who comes first. */
  readonly guideShare?: number
  /** Both 0: an official passage has no advantage. */
  readonly officialTie?: number
  readonly sameFactReach?: number
}

/** `ranked` is best first; scores stay as they are. */
export function giveLead(ranked: readonly Candidate[], options: LeadOptions): Ordered {
  const moved = new Map<string, Moved>()
  const led = leadByGuide(ranked, options.guideShare ?? GUIDE_SHARE, moved)
  return { ranked: officialFirst(led, options, moved), moved }
}

/** Mean score of a guide's best passages, per guide. */
export function guideSupport(ranked: readonly Candidate[]): ReadonlyMap<string, number> {
  const best = new Map<string, number[]>()
  for (const { passage, fused } of ranked) {
    const scores = best.get(passage.guideId)
    if (!scores) best.set(passage.guideId, [fused])
    else if (scores.length < GUIDE_DEPTH) scores.push(fused)
  }
  return new Map(
    [...best].map(([guide, scores]) => [guide, scores.reduce((a, b) => a + b, 0) / scores.length]),
  )
}

/**
 * A question is about one subject, so that its right guide mostly holds several near passages: one of them leads over a
 * single passage of another guide with the same words. Only the first place is given so; the rest stays by score, since
 * good answers stand in several guides.
 */
function leadByGuide(
  ranked: readonly Candidate[],
  share: number,
  moved: Map<string, Moved>,
): readonly Candidate[] {
  const first = ranked[0]
  if (!first || share === 0) return ranked
  const support = guideSupport(ranked)
  const scoreOf = ({ passage, fused }: Candidate) =>
    (1 - share) * fused + share * (support.get(passage.guideId) ?? fused)
  let lead = first
  for (const candidate of ranked.slice(0, CONTENDERS)) {
    if (candidate.fused < first.fused - LEAD_REACH) break
    if (scoreOf(candidate) > scoreOf(lead)) lead = candidate
  }
  if (lead === first) return ranked
  moved.set(lead.passage.id, 'guide')
  return [lead, ...ranked.filter((candidate) => candidate !== lead)]
}

/** Each place goes to the first passage that is official where the one that would have it is not, and says the same as well. */
function officialFirst(
  ranked: readonly Candidate[],
  { standing, officialTie = OFFICIAL_TIE, sameFactReach = SAME_FACT_REACH }: LeadOptions,
  moved: Map<string, Moved>,
): readonly Candidate[] {
  const rest = ranked.slice(0, OFFICIAL_DEPTH)
  const ordered: Candidate[] = []
  const precedes = (other: Candidate, head: Candidate): boolean => {
    const behind = head.fused - other.fused
    if (behind <= sameFactReach && standing.confirms(head.passage, other.passage)) return true
    return (
      Math.abs(behind) < officialTie &&
      standing.isOfficial(other.passage) &&
      !standing.isOfficial(head.passage)
    )
  }
  for (let head = rest[0]; head; head = rest[0]) {
    const limit = head.fused - Math.max(sameFactReach, officialTie)
    const current = head
    const at = rest.findIndex(
      (other, i) => i > 0 && other.fused >= limit && precedes(other, current),
    )
    const [next] = rest.splice(Math.max(at, 0), 1)
    if (!next) break
    if (at > 0) moved.set(next.passage.id, 'official')
    ordered.push(next)
  }
  return [...ordered, ...ranked.slice(OFFICIAL_DEPTH)]
}
