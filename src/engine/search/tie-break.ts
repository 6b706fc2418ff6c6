/** Breaks near-ties: prefers the better-supported guide, then well-sourced passages. Scores stay as they are. */
import type { Candidate } from './fusion.ts'
import type { SourceQuality } from './source-quality.ts'

/**
 * Weight of a guide's support against the passage's own score when the first place is decided. On the dev half of
 * `eval/questions` (`npm run eval -- --half dev`) none of 0, 0.2, 0.3, 0.5, 0.6 and 0.8 had as good a "guide first"
 * without a lower Success@1.
 */
const GUIDE_SUPPORT_WEIGHT = 0.4
/**
 * A guide's support is the mean score of this many of its best passages. On the dev half of `eval/questions`
 * (`npm run eval -- --half dev`) 3, 4 and 5 do equally well; 1, 2 and 8 give a lower Success@1.
 */
const SUPPORTING_PASSAGES = 3
/** Scores this close are a tie: 8-bit inference differs by as much between processors. Not tuned. */
export const SOURCE_TIE_MARGIN = 0.001
/**
 * Margin between passages that state the same typed fact: their sources matter more than a small difference in wording.
 * On the dev half of `eval/questions` (`npm run eval -- --half dev`) every correct first place is kept up to 0.03; 0.05
 * loses one.
 */
export const SAME_FACT_MARGIN = 0.02
/** Passages whose sources are compared, each with those below it: twice the largest limit of an answer. */
const SOURCE_DEPTH = 40

/** Why a passage comes before others with a higher score; `official` is the wire's word for better sources. */
export type MoveReason = 'guide' | 'official'

export type TieBreakOptions = {
  readonly sourceQuality: SourceQuality
  /** 0: scores alone decide which passage comes first. */
  readonly guideSupportWeight?: number
  /** Both 0: a well-sourced passage has no advantage. */
  readonly sourceTieMargin?: number
  readonly sameFactMargin?: number
}

export type TieBreak = {
  readonly ranked: readonly Candidate[]
  /** Maps the id of a passage to why it comes before passages with a higher score. */
  readonly moved: ReadonlyMap<string, MoveReason>
}

/** `ranked` is best first. */
export function breakNearTies(ranked: readonly Candidate[], options: TieBreakOptions): TieBreak {
  const moved = new Map<string, MoveReason>()
  const first = bestSupportedFirst(
    ranked,
    options.guideSupportWeight ?? GUIDE_SUPPORT_WEIGHT,
    moved,
  )
  return { ranked: wellSourcedFirst(first, options, moved), moved }
}

/** Mean score of a guide's best passages, per guide. */
export function guideSupport(ranked: readonly Candidate[]): ReadonlyMap<string, number> {
  const best = new Map<string, number[]>()
  for (const { passage, fused } of ranked) {
    const scores = best.get(passage.guideId)
    if (!scores) best.set(passage.guideId, [fused])
    else if (scores.length < SUPPORTING_PASSAGES) scores.push(fused)
  }
  return new Map(
    [...best].map(([guide, scores]) => [guide, scores.reduce((a, b) => a + b, 0) / scores.length]),
  )
}

/**
 * A question is about one subject, so the guide that answers it usually has several passages near the top. One of them
 * then comes before a single passage of another guide with the same words. Only the first place is decided this way:
 * good answers come from several guides.
 */
function bestSupportedFirst(
  ranked: readonly Candidate[],
  weight: number,
  moved: Map<string, MoveReason>,
): readonly Candidate[] {
  const best = ranked[0]
  if (!best || weight === 0) return ranked
  const support = guideSupport(ranked)
  const supportedScore = ({ passage, fused }: Candidate) =>
    (1 - weight) * fused + weight * (support.get(passage.guideId) ?? fused)
  let chosen = best
  for (const candidate of ranked)
    if (supportedScore(candidate) > supportedScore(chosen)) chosen = candidate
  if (chosen === best) return ranked
  moved.set(chosen.passage.id, 'guide')
  return [chosen, ...ranked.filter((candidate) => candidate !== chosen)]
}

/** Fills each place with the best remaining passage, or with the first one within the margin of it that is better sourced. */
function wellSourcedFirst(
  ranked: readonly Candidate[],
  options: TieBreakOptions,
  moved: Map<string, MoveReason>,
): readonly Candidate[] {
  const {
    sourceQuality,
    sourceTieMargin = SOURCE_TIE_MARGIN,
    sameFactMargin = SAME_FACT_MARGIN,
  } = options
  const rest = ranked.slice(0, SOURCE_DEPTH)
  const ordered: Candidate[] = []
  const precedes = (other: Candidate, head: Candidate): boolean => {
    const behind = head.fused - other.fused
    if (behind <= sameFactMargin && sourceQuality.confirms(head.passage, other.passage)) return true
    return (
      Math.abs(behind) < sourceTieMargin &&
      sourceQuality.isWellSourced(other.passage) &&
      !sourceQuality.isWellSourced(head.passage)
    )
  }
  for (let head = rest[0]; head; head = rest[0]) {
    const limit = head.fused - Math.max(sameFactMargin, sourceTieMargin)
    const current = head
    const at = rest.findIndex(
      (other, i) => i > 0 && other.fused >= limit && precedes(other, current),
    )
    const [next] = rest.splice(Math.max(at, 0), 1)
    if (!next) break
    if (at > 0) moved.set(next.passage.id, 'official')
    ordered.push(next)
  }
  return [...ordered, ...ranked.slice(SOURCE_DEPTH)]
}
