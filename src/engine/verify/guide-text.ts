/** A guide's canonical text as numbered words in a suffix array: finds a run of a quote's words in time linear in the run. */
import type { Guide } from '../core/guide.ts'
import { scan } from './scan.ts'
import type { ListNumber, Token } from './scanner.ts'
import type { WordRules } from './word-rules.ts'

/** A run of a quote's tokens that a guide contains. `[lo, hi)` is the part of the suffix array whose suffixes begin with it. */
export type TokenRun = { readonly length: number; readonly lo: number; readonly hi: number }

export type GuideText = WordRules & {
  readonly guide: Guide
  readonly tokens: readonly Token[]
  readonly ids: Int32Array
  /** The list number right before a token, where that token begins an item of a numbered list. */
  listNumberBefore(token: number): ListNumber | undefined
  /** The longest run that begins at `from` and ends at `to` or before. Its length is 0 when the first token does not occur. */
  longestRun(quote: Int32Array, from: number, to: number): TokenRun
  /** The index of the first token of each occurrence of a run, in the text's order. */
  placesOf(run: TokenRun): number[]
}

/** Gives words numbers; a word has the same number in every guide. */
export type Vocabulary = { idOf(word: string): number; find(word: string): number }

/** The number of a word that no guide contains. */
export const UNKNOWN = -1

export function createVocabulary(): Vocabulary {
  const ids = new Map<string, number>()
  return {
    idOf(word) {
      const known = ids.get(word)
      if (known !== undefined) return known
      ids.set(word, ids.size)
      return ids.size - 1
    },
    find: (word) => ids.get(word) ?? UNKNOWN,
  }
}

export function createGuideText(guide: Guide, vocabulary: Vocabulary, rules: WordRules): GuideText {
  const lists = guide.sections
    .flatMap((section) => section.blocks)
    .filter((block) => block.kind === 'list')
    .flatMap((block) => block.parts.map((part) => part.span.start))
  const items = new Set(lists)
  const { tokens, listNumbers } = scan(guide.text, { isListNumber: (at) => items.has(at) })
  const numberAt = new Map(listNumbers.map((entry) => [entry.before, entry]))
  const ids = Int32Array.from(tokens, (token) => vocabulary.idOf(token.text))
  const suffixes = toSuffixArray(ids)
  const firsts = countSmaller(ids)

  /** Binary search: the first place in [lo, hi) whose token at `depth` is at least `id` (with `above`: greater than it). */
  const bound = (lo: number, hi: number, depth: number, id: number, above: boolean): number => {
    let low = lo
    let high = hi
    while (low < high) {
      const middle = (low + high) >>> 1
      const found = ids[(suffixes[middle] ?? 0) + depth] ?? UNKNOWN
      if (found < id || (above && found === id)) low = middle + 1
      else high = middle
    }
    return low
  }

  return {
    ...rules,
    guide,
    tokens,
    ids,
    listNumberBefore: (token) => numberAt.get(token),
    longestRun(quote, from, to) {
      let run: TokenRun = { length: 0, lo: 0, hi: ids.length }
      while (from + run.length < to) {
        const id = quote[from + run.length] ?? UNKNOWN
        if (id === UNKNOWN) break
        const isFirst = run.length === 0
        const lo = isFirst ? (firsts[id] ?? 0) : bound(run.lo, run.hi, run.length, id, false)
        const hi = isFirst ? (firsts[id + 1] ?? lo) : bound(lo, run.hi, run.length, id, true)
        if (lo === hi) break
        run = { length: run.length + 1, lo, hi }
      }
      return run
    },
    placesOf: (run) => Array.from(suffixes.subarray(run.lo, run.hi)).sort((a, b) => a - b),
  }
}

/** For each token number, how many tokens have a smaller one: where the suffixes that begin with it start. */
function countSmaller(ids: Int32Array): Int32Array {
  const counts = new Int32Array(ids.reduce((most, id) => Math.max(most, id), -1) + 2)
  for (const id of ids) counts[id + 1] = (counts[id + 1] ?? 0) + 1
  for (let id = 1; id < counts.length; id++) counts[id] = (counts[id] ?? 0) + (counts[id - 1] ?? 0)
  return counts
}

/**
 * Starts of all suffixes in the order of their tokens, by doubling the compared length (Manber and Myers 1993).
 * One double holds two ranks and a position exactly up to 200,000 tokens: (2 * 10^5)^3 < 2^53.
 */
export function toSuffixArray(ids: Int32Array): Int32Array {
  const size = ids.length
  let ranks = toRanks(Float64Array.from(ids), size)
  for (let span = 1; span < size && ranks.distinct < size; span *= 2) {
    const keys = new Float64Array(size)
    for (let i = 0; i < size; i++) {
      const next = i + span < size ? (ranks.of[i + span] ?? 0) + 1 : 0
      keys[i] = (ranks.of[i] ?? 0) * (size + 1) + next
    }
    ranks = toRanks(keys, size)
  }
  const suffixes = new Int32Array(size)
  for (let i = 0; i < size; i++) suffixes[ranks.of[i] ?? 0] = i
  return suffixes
}

function toRanks(keys: Float64Array, size: number): { of: Int32Array; distinct: number } {
  const packed = new Float64Array(size)
  for (let i = 0; i < size; i++) packed[i] = (keys[i] ?? 0) * size + i
  packed.sort()
  const of = new Int32Array(size)
  let rank = -1
  let last = Number.NaN
  for (const value of packed) {
    const key = Math.floor(value / size)
    if (key !== last) rank++
    last = key
    of[value - key * size] = rank
  }
  return { of, distinct: rank + 1 }
}
