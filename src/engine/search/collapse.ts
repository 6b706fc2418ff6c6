/** Removes passages that repeat a better one: its translation, or a near-duplicate. */
import type { QuestionLanguage } from '../core/language.ts'
import { type Passage, topicKey } from '../core/passage.ts'
import { byScore, type Candidate } from './fusion.ts'

export type Collapsed = {
  readonly id: string
  readonly into: string
  readonly why: 'translation' | 'near-duplicate'
}

/**
 * Two passages count as near-duplicates if the Jaccard similarity of their three-word shingles is at least this
 * (Broder, "On the resemblance and containment of documents", 1997). A conventional value: the project's guides hold no
 * such pair, so there was nothing to tune it on.
 */
const NEAR_DUPLICATE = 0.8

export type Collapse = (
  candidates: readonly Candidate[],
  language: QuestionLanguage,
) => { kept: Candidate[]; collapsed: Collapsed[] }

/** Near-duplicates are found once; each question only looks them up. Of two, the well-sourced one is kept. */
export function createCollapse(
  passages: readonly Passage[],
  isWellSourced: (passage: Passage) => boolean = () => false,
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
      else if (isWellSourced(candidate.passage) && !isWellSourced(twin.passage)) {
        // The well-sourced one takes the place and the score of the better one.
        kept.delete(into)
        kept.set(id, { ...candidate, fused: twin.fused })
        collapsed.push({ id: into, into: id, why: 'near-duplicate' })
      } else collapsed.push({ id, into, why: 'near-duplicate' })
    }
    return { kept: [...kept.values()].sort(byScore), collapsed }
  }
}

/**
 * Where a section exists in both languages (same guide and anchor), the question's language wins; for a mixed or
 * unknown question, the language of the better passage. The winner's best passage takes the better score, since both
 * say the same.
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
    const hasLanguage = group.some((candidate) => candidate.passage.language === language)
    const winner = hasLanguage ? language : group[0]?.passage.language
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

/** The ids of each passage's near-duplicates, in passage order. Only pairs that share a shingle are compared. */
function nearDuplicates(passages: readonly Passage[]): Map<string, string[]> {
  const shingles = passages.map((passage) => toShingles(passage.text))
  const passagesWith = new Map<string, number[]>()
  const twins = new Map<string, string[]>()
  const link = (from: number, to: number) => {
    const [a, b] = [passages[from]?.id ?? '', passages[to]?.id ?? '']
    twins.set(a, [...(twins.get(a) ?? []), b])
  }
  shingles.forEach((own, number) => {
    const shared = new Map<number, number>()
    for (const shingle of own) {
      const others = passagesWith.get(shingle)
      for (const other of others ?? []) shared.set(other, (shared.get(other) ?? 0) + 1)
      if (others) others.push(number)
      else passagesWith.set(shingle, [number])
    }
    for (const [other, count] of shared) {
      const union = own.size + (shingles[other]?.size ?? 0) - count
      if (count / union < NEAR_DUPLICATE) continue
      link(number, other)
      link(other, number)
    }
  })
  return twins
}

function toShingles(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const shingles = new Set<string>()
  for (let i = 0; i + 3 <= words.length; i++) shingles.add(words.slice(i, i + 3).join(' '))
  return shingles.size > 0 ? shingles : new Set([words.join(' ')])
}
