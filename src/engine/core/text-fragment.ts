/** Text fragments (WICG scroll-to-text-fragment): `#:~:text=[prefix-,]start[,end][,-suffix]`. */
import * as z from 'zod'

export const textFragmentSchema = z.strictObject({
  /** Words right before the start, where the start alone also matches earlier on the page. */
  prefix: z.string().optional(),
  start: z.string(),
  /** Last words of the target, where `start` does not hold all of it. */
  end: z.string().optional(),
  /** Words right after the end. */
  suffix: z.string().optional(),
})
export type TextFragment = z.infer<typeof textFragmentSchema>

/** Words of `start` and of `end` for a longer text. */
export const EDGE_WORDS = 6
/** A text of up to this many words is put into `start` whole. */
export const WHOLE_WORDS = 12

/**
 * First and last words of consecutive text blocks, each block as a browser shows it; whether the page repeats them is
 * not checked. No term crosses a block, since by the specification none that does can match.
 */
export function toFragment(blocks: readonly string[]): TextFragment {
  const shown = blocks
    .map((block) => block.replace(/\s+/g, ' ').trim())
    .filter((block) => block !== '')
  const first = shown[0] ?? ''
  const last = shown.at(-1) ?? ''
  const words = first.split(' ')
  if (shown.length < 2 && words.length <= WHOLE_WORDS) return { start: first }
  return {
    start: words.slice(0, EDGE_WORDS).join(' '),
    end: last.split(' ').slice(-EDGE_WORDS).join(' '),
  }
}

/** `:~:text=...`, with the characters that the grammar reserves percent-encoded. */
export function fragmentDirective({ prefix, start, end, suffix }: TextFragment): string {
  const encode = (term: string) => encodeURIComponent(term).replace(/-/g, '%2D')
  const terms = [
    ...(prefix === undefined ? [] : [`${encode(prefix)}-`]),
    encode(start),
    ...(end === undefined ? [] : [encode(end)]),
    ...(suffix === undefined ? [] : [`-${encode(suffix)}`]),
  ]
  return `:~:text=${terms.join(',')}`
}
