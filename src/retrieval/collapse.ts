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
/** Near-duplicates matter among what may be returned; comparing further down costs and changes nothing. */
const COMPARED = 60

export type Collapse = (
  candidates: readonly Candidate[],
  language: QuestionLanguage,
) => { kept: Candidate[]; collapsed: Collapsed[] }

/** Shingles of a passage are made once and kept. */
export function createCollapse(): Collapse {
  const shingles = new Map<string, ReadonlySet<string>>()
  const shinglesOf = (passage: Passage): ReadonlySet<string> => {
    const known = shingles.get(passage.id)
    if (known) return known
    const made = toShingles(passage.text)
    shingles.set(passage.id, made)
    return made
  }
  return (candidates, language) => {
    const collapsed: Collapsed[] = []
    const oneLanguage = collapseTranslations(candidates, language, collapsed)
    const kept: Candidate[] = []
    for (const [rank, candidate] of oneLanguage.entries()) {
      const twin =
        rank < COMPARED &&
        kept.find(
          (better) =>
            jaccard(shinglesOf(better.passage), shinglesOf(candidate.passage)) >= NEAR_DUPLICATE,
        )
      if (twin)
        collapsed.push({ id: candidate.passage.id, into: twin.passage.id, why: 'near-duplicate' })
      else kept.push(candidate)
    }
    return { kept, collapsed }
  }
}

/**
 * Where both languages hold a section (same guide and anchor), the question's language wins; for a mixed or unknown
 * question, that of the better passage. The winner's best passage takes the better score of the two, since both say it.
 */
function collapseTranslations(
  candidates: readonly Candidate[],
  language: QuestionLanguage,
  collapsed: Collapsed[],
): Candidate[] {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const key = topicKey(candidate.passage)
    groups.set(key, [...(groups.get(key) ?? []), candidate])
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

function toShingles(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  const runs = new Set<string>()
  for (let i = 0; i + 3 <= words.length; i++) runs.add(words.slice(i, i + 3).join(' '))
  return runs.size > 0 ? runs : new Set([words.join(' ')])
}

function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  // The sizes alone rule most pairs out.
  if (large.size === 0 || small.size / large.size < NEAR_DUPLICATE) return 0
  let shared = 0
  for (const run of small) if (large.has(run)) shared++
  return shared / (a.size + b.size - shared)
}
