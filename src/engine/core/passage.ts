/** A passage: the unit that is indexed, returned and cited; an exact slice of its guide's canonical text. */
import * as z from 'zod'
import { guideKey } from './guide.ts'
import { languageCodeSchema } from './language.ts'
import { textFragmentSchema } from './text-fragment.ts'

export const passageSchema = z.strictObject({
  /** `guide.language.anchor.hash6`: stable as long as the text is. */
  id: z.string(),
  guideId: z.string(),
  language: languageCodeSchema,
  anchor: z.string(),
  headingPath: z.array(z.string()),
  start: z.number().int().nonnegative(),
  end: z.number().int().positive(),
  /** The slice itself, `guide.text.slice(start, end)`. */
  text: z.string(),
  /** Model tokens of the slice. */
  tokens: z.number().int().nonnegative(),
  /** Embedded and indexed in front of the text: title > heading path, then the header row where a table was cut. */
  context: z.string(),
  sources: z.array(z.strictObject({ id: z.string(), inherited: z.boolean() })),
  /** Text fragment that scrolls a browser to these words on the guide's page and to no others. */
  fragment: textFragmentSchema,
})
export type Passage = z.infer<typeof passageSchema>

/** A passage as the chunker cuts it; its fragment, which depends on the whole page, is added later. */
export type PassageSlice = Omit<Passage, 'fragment'>

/** Title > heading path, and below it the header row of a table that was cut. */
export function contextOf(
  title: string,
  headingPath: readonly string[],
  tableHeader?: string,
): string {
  const path = [title, ...headingPath].filter((step) => step !== '').join(' > ')
  return tableHeader === undefined ? path : `${path}\n\n${tableHeader}`
}

/** The text that is embedded and indexed: context, then text. Citations never quote it. */
export function indexedText(passage: Pick<Passage, 'context' | 'text'>): string {
  return passage.context === '' ? passage.text : `${passage.context}\n\n${passage.text}`
}

/** Guide and anchor: the translations of a passage share them. */
export function topicKey(passage: Pick<Passage, 'guideId' | 'anchor'>): string {
  return `${passage.guideId}#${passage.anchor}`
}

/** The passages of each guide by its key, in the order given. */
export function groupByGuide(
  passages: readonly Passage[],
): ReadonlyMap<string, readonly Passage[]> {
  const groups = new Map<string, Passage[]>()
  for (const passage of passages) {
    const key = guideKey(passage.guideId, passage.language)
    const group = groups.get(key)
    if (group) group.push(passage)
    else groups.set(key, [passage])
  }
  return groups
}
