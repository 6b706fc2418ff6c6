/** What counts as a word in the lexical index: a run of letters and digits, folded. */
import { fold } from '../core/fold.ts'

const WORD = /[a-z0-9]+/g

export function toWords(text: string): string[] {
  return fold(text).match(WORD) ?? []
}
