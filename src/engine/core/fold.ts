/** Comparing text without case and accents: the one folding that indexing, search, anchors, links and quote checks share. */

const MARKS = /\p{M}+/gu
/** Text that has no accents to strip, so that most text skips Unicode normalization. */
const ASCII = /^[\x20-\x7e\n]*$/

/** Lower case without accents: `Trámite` becomes `tramite`, ñ becomes n, and the ligature `ﬁ` becomes two letters. */
export function fold(text: string): string {
  const lower = text.toLowerCase()
  return ASCII.test(lower) ? lower : stripAccents(lower.normalize('NFKD')).toLowerCase()
}

/** Removes accents and keeps the case. */
export function stripAccents(text: string): string {
  return text.normalize('NFD').replace(MARKS, '')
}
