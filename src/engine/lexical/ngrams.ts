/** Character n-grams of words, which cognates (apostilla, apostille) and misspellings have in common. */
import { toWords } from './words.ts'

/** Four letters: the best single setting on the dev halves of the public sets, ahead of three and five. */
const NGRAM_LENGTH = 4

/** Every n-gram of every word, with word boundaries marked; repeated ones are kept. */
export function toNgrams(text: string): string[] {
  const grams: string[] = []
  for (const word of toWords(text)) {
    const marked = `_${word}_`
    for (let i = 0; i + NGRAM_LENGTH <= marked.length; i++)
      grams.push(marked.slice(i, i + NGRAM_LENGTH))
  }
  return grams
}
