/** Takes out what says the same twice: a translation of a passage, a near-duplicate of a better one. */
import type { QuestionLanguage } from '../core/language.ts'
import { type Passage, topicKey } from '../core/passage.ts'
import { byScore, type Candidate } from './fusion.ts'

export type Collapsed = {
  readonly id: string
  readonly into: string
  readonly why: 'translation' | 'near-duplicate'
}

/** Two passages that share this part of their three-word runs (Jaccard) say the same. */
const NEAR_DUPLICATE = 0.8

export type Collapse = (
  candidates: readonly Candidate[],
  language: QuestionLanguage,
) => { kept: Candidate[]; collapsed: Collapsed[] }

/** Which passages are near-duplicates is found once; a question then only looks it up. */
export function createCollapse(
  passages: readonly Passage[],
  isOfficial: (passage: Passage) => boolean = () => false,
): Collapse {
  const twins = nearDuplicates(passages)
  const topics = new Map(passages.map((passage) => [passage.id, topicKey(passage)]))
  return (candidates, language) => {
    const collapsed: Collapsed[] = []
    const kept = new Map<string, Candidate>()
    for (const candidate of collapseTranslations(candidates, language, topics, collapsed)) {
      const { id } = candidate.passage
      const into = twins.get(id)?.find((twin) => kept.has(twin))
      const twin = into === undefined ? undefined : kept.get(into)
      if (into === undefined || twin === undefined) kept.set(id, candidate)
      else if (isOfficial(candidate.passage) && !isOfficial(twin.passage)) {
        // Of two that say the same the official one is shown, with what the better one reached.
        kept.delete(into)
        kept.set(id, { ...candidate, fused: twin.fused })
        collapsed.push({ id: into, into: id, why: 'near-duplicate' })
      } else collapsed.push({ id, into, why: 'near-duplicate' })
    }
    return { kept: [...kept.values()].sort(byScore), collapsed }
  }
}

/**
 * Where both languages hold a section (same guide and anchor), the question's language wins; for a mixed or unknown
 * question, that of the better passage. The winner's best passage takes the better score of the two, since both say it.
 */
function collapseTranslations(
  candidates: readonly Candidate[],
  language: QuestionLanguage,
  topics: ReadonlyMap<string, string>,
  collapsed: Collapsed[],
): Candidate[] {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const key = topics.get(candidate.passage.id) ?? candidate.passage.id
    const group = groups.get(key)
    if (group) group.push(candidate)
    else groups.set(key, [candidate])
  }
  const kept: Candidate[] = []
  for (const group of groups.values()) {
    const asked = group.some((candidate) => candidate.passage.language === language)
    const winner = asked ? language : group[0]?.passage.language
    const [best, ...rest] = group.filter((candidate) => candidate.passage.language === winner)
    const losers = group.filter((candidate) => candidate.passage.language !== winner)
    if (!best) continue
    const top = losers[0]
    kept.push(top && top.fused > best.fused ? { ...best, fused: top.fused } : best, ...rest)
    for (const loser of losers) {
      collapsed.push({ id: loser.passage.id, into: best.passage.id, why: 'translation' })
    }
  }
  return kept.sort(byScore)
}

/** Per passage the ids of its near-duplicates, in passage order; only pairs that share a run are compared. */
function nearDuplicates(passages: readonly Passage[]): Map<string, string[]> {
  const shingles = passages.map((passage) => toShingles(passage.text))
  const holders = new Map<string, number[]>()
  const twins = new Map<string, string[]>()
  const link = (from: number, to: number) => {
    const [a, b] = [passages[from]?.id ?? '', passages[to]?.id ?? '']
    twins.set(a, [...(twins.get(a) ?? []), b])
  }
  shingles.forEach((runs, number) => {
    const shared = new Map<number, number>()
    for (const run of runs) {
      const others = holders.get(run)
      for (const other of others ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
      if (others) others.push(number)
      else holders.set(run, [number])
    }
    for (const [other, count] of shared) {
      const union = runs.size + (shingles[other]?.size ?? 0) - count
      if (count / union < NEAR_DUPLICATE) continue
      link(number, other)
      link(other, number)
    }
  })
  return twins
}

function toShingles(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const runs = new Set<string>()
  for (let i = 0; i + 3 <= words.length; i++) runs.add(words.slice(i, i + 3).join(' '))
  return runs.size > 0 ? runs : new Set([words.join(' ')])
}
