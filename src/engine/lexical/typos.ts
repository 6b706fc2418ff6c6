/**
 * Typo tolerance: known words near a misspelt one, by Damerau-Levenshtein distance (optimal string alignment: a letter
 * dropped, inserted, changed, or swapped with its neighbour). One edit is forgiven in a short word, two in a long one.
 */

/** A known word that a misspelt one may stand for. */
export type TypoMatch = {
  readonly term: string
  /** How much a match with this word counts, compared with 1 for the word itself. */
  readonly weight: number
}

export type TypoMatcher = {
  /**
   * The nearest known words, all at the same distance; empty for numbers, codes, short words and words that are near no
   * known one.
   */
  match(term: string): readonly TypoMatch[]
}

/** Shorter words are near too many others. */
const SHORTEST = 4
/** From this length on two edits are forgiven. */
const LONG = 8
/** Weight by number of edits; chosen on misspelt dev questions. */
const WEIGHTS = [1, 0.8, 0.6]
/** With more near words than this, the word is more likely a different word than a typo. */
const MOST_MATCHES = 3

const LETTERS = /^[a-z]+$/

export function createTypoMatcher(vocabulary: Iterable<string>): TypoMatcher {
  const words = [...vocabulary].filter((term) => LETTERS.test(term) && term.length >= SHORTEST)
  const signatures = Uint32Array.from(words, signatureOf)

  const nearest = (term: string, most: number): TypoMatch[] => {
    const signature = signatureOf(term)
    let best = most
    let found: string[] = []
    for (let i = 0; i < words.length; i++) {
      // One edit removes at most one letter from the set and adds at most one, so it changes at most two bits.
      if (bitsIn((signatures[i] ?? 0) ^ signature) > 2 * best) continue
      const word = words[i] ?? ''
      // People seldom mistype the first letter: a word that differs in it is usually a different word.
      if (word[0] !== term[0] || Math.abs(word.length - term.length) > best) continue
      const distance = editDistance(term, word, best)
      if (distance > best) continue
      if (distance < best) found = []
      best = distance
      found.push(word)
    }
    const weight = WEIGHTS[best] ?? 0
    return found.length > MOST_MATCHES ? [] : found.map((word) => ({ term: word, weight }))
  }

  return {
    match(term) {
      if (!LETTERS.test(term) || term.length < SHORTEST) return []
      return nearest(term, term.length >= LONG ? 2 : 1)
    },
  }
}

/** Which letters a word has, one bit each. */
function signatureOf(word: string): number {
  let bits = 0
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) - 97)
  return bits >>> 0
}

/** The number of bits set in a 32-bit integer, counted in parallel. */
function bitsIn(value: number): number {
  let bits = value - ((value >>> 1) & 0x55555555)
  bits = (bits & 0x33333333) + ((bits >>> 2) & 0x33333333)
  return (((bits + (bits >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

/** The edit distance of two words; `most + 1` as soon as it is certain to exceed `most`. */
export function editDistance(a: string, b: string, most: number): number {
  let before: number[] = []
  let previous = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const current = [i]
    let lowest = i
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let steps = Math.min(
        (previous[j] ?? 0) + 1,
        (current[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        steps = Math.min(steps, (before[j - 2] ?? 0) + 1)
      current.push(steps)
      lowest = Math.min(lowest, steps)
    }
    // A swap reaches back two rows: one row above the limit does not end the search yet.
    if (lowest > most && Math.min(...previous) > most) return most + 1
    before = previous
    previous = current
  }
  return Math.min(previous[b.length] ?? 0, most + 1)
}
