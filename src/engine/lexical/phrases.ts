/** Finds the phrases of an alias table in a list of words. */
import { fold } from '../core/fold.ts'
import type { AliasTable } from '../languages/profile.ts'

/** A word-by-word prefix tree; a node with a concept ends a phrase. */
export type PhraseTree = { concept?: string; readonly next: Map<string, PhraseTree> }

/** Words `[start, end)` that name a concept. */
export type PhraseMatch = { readonly concept: string; readonly start: number; readonly end: number }

export function toPhraseTree(aliases: AliasTable): PhraseTree {
  const root: PhraseTree = { next: new Map() }
  for (const [concept, phrases] of Object.entries(aliases)) {
    for (const phrase of phrases) {
      let node = root
      for (const word of fold(phrase).split(' ')) {
        const child = node.next.get(word) ?? { next: new Map() }
        node.next.set(word, child)
        node = child
      }
      node.concept = concept
    }
  }
  return root
}

/** Every concept that is named anywhere, even inside a longer phrase: `family clinic` names a UMF and a clinic. */
export function findAllConcepts(words: readonly string[], root: PhraseTree): string[] {
  const concepts: string[] = []
  // Where the last phrase for each concept ends, so that `phone number` names the phone once, not twice.
  const namedUntil = new Map<string, number>()
  for (let start = 0; start < words.length; start++) {
    let node: PhraseTree | undefined = root
    for (let i = start; i < words.length && node; i++) {
      node = node.next.get(words[i] ?? '')
      const concept = node?.concept
      if (concept === undefined) continue
      if ((namedUntil.get(concept) ?? 0) <= start) concepts.push(concept)
      namedUntil.set(concept, i + 1)
    }
  }
  return concepts
}

/** The longest matches from left to right; they do not overlap. */
export function findLongestPhrases(words: readonly string[], root: PhraseTree): PhraseMatch[] {
  const matches: PhraseMatch[] = []
  for (let start = 0; start < words.length; ) {
    let node: PhraseTree | undefined = root
    let best: PhraseMatch | undefined
    for (let i = start; i < words.length && node; i++) {
      node = node.next.get(words[i] ?? '')
      if (node?.concept !== undefined) best = { concept: node.concept, start, end: i + 1 }
    }
    if (best) matches.push(best)
    start = best ? best.end : start + 1
  }
  return matches
}
