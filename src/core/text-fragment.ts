/** Text fragments (WICG scroll-to-text-fragment): `#:~:text=first words,last words`. */

const WORDS = 6
/** A text of up to this many words is named whole. */
const WHOLE_WORDS = 12

/**
 * First and last words of a run of text blocks, each block as a browser shows it; a term never crosses a block, as
 * the specification's matching does not either. Never empty.
 */
export function toFragment(blocks: readonly string[]): string[] {
  const shown = blocks
    .map((block) => block.replace(/\s+/g, ' ').trim())
    .filter((block) => block !== '')
  const first = shown[0] ?? ''
  const last = shown.at(-1) ?? ''
  const words = first.split(' ')
  if (shown.length < 2 && words.length <= WHOLE_WORDS) return [first]
  return [words.slice(0, WORDS).join(' '), last.split(' ').slice(-WORDS).join(' ')]
}

/** `:~:text=` with everything encoded that the grammar reserves. */
export function fragmentDirective(fragment: readonly string[]): string {
  const encode = (term: string) => encodeURIComponent(term).replace(/-/g, '%2D')
  return `:~:text=${fragment.map(encode).join(',')}`
}
