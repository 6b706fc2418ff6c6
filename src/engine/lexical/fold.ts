/** Lower case without accents: `Trámite` and `tramite` are one word, ñ and n one letter, on both sides. */

const MARKS = /\p{M}+/gu
const ASCII = /^[\x20-\x7e\n]*$/

export function fold(text: string): string {
  const lower = text.toLowerCase()
  return ASCII.test(lower) ? lower : lower.normalize('NFKD').replace(MARKS, '').toLowerCase()
}
