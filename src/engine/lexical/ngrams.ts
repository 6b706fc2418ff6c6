/** Character n-grams of words: what cognates (apostilla, apostille) and misspelt words share. */
import { toWords } from './words.ts'

/** Four letters: on the public sets' dev halves better than three or five for one setting over all. */
export const NGRAM_LENGTH = 4

/** Every n-gram of every word, word boundaries marked, with repetitions. */
export function toNgrams(text: string): string[] {
  const grams: string[] = []
  for (const word of toWords(text)) {
    const marked = `_${word}_`
    for (let i = 0; i + NGRAM_LENGTH <= marked.length; i++)
      grams.push(marked.slice(i, i + NGRAM_LENGTH))
  }
  return grams
}
