/** Comparing text without case and accents: the one folding that indexing, search, anchors, links and quote checks share. */

const MARKS = /\p{M}+/gu
const ASCII = /^[\x20-\x7e\n]*$/

/** Lower case without accents: `Trámite` becomes `tramite`, ñ becomes n, and `ﬁ` two letters. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  return ASCII.test(lower) ? lower : stripAccents(lower.normalize('NFKD')).toLowerCase()
}

/** The text without accents, its case as it was. */
export function stripAccents(text: string): string {
  return text.normalize('NFD').replace(MARKS, '')
}
