/** Character n-grams of folded words: what cognates (asegurado, insured... apostilla, apostille) and typing errors share. */
import { fold } from './fold.ts'

/** Four letters: on the public sets' dev halves better than three or five for one setting over all. */
export const NGRAM_LENGTH = 4

const WORD = /[a-z0-9]+/g

/** Every n-gram of every word, word boundaries marked, with repetitions. */
export function toNgrams(text: string): string[] {
  const grams: string[] = []
  for (const word of fold(text).match(WORD) ?? []) {
    const marked = `_${word}_`
    for (let i = 0; i + NGRAM_LENGTH <= marked.length; i++)
      grams.push(marked.slice(i, i + NGRAM_LENGTH))
  }
  return grams
}
