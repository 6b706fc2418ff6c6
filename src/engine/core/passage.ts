/** A passage: the unit that is indexed, returned and cited; an exact slice of its guide's canonical text. */
import { z } from 'zod'
import { languageCodeSchema } from './language.ts'
import { textFragmentSchema } from './text-fragment.ts'

export const passageSchema = z.strictObject({
  /** `guide.language.anchor.hash6`: stays while the text stays. */
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
  /** What is embedded and put into the lexical index before the text: title > heading path, and a cut table's header row. */
  context: z.string(),
  sources: z.array(z.strictObject({ id: z.string(), inherited: z.boolean() })),
  /** What leads a browser to these words on the guide's page and nowhere else. */
  fragment: textFragmentSchema,
})
export type Passage = z.infer<typeof passageSchema>

/** What cutting alone knows of a passage. */
export type Slice = Omit<Passage, 'fragment'>

/** Title > heading path, and below it the header row of a table that was cut. */
export function contextOf(title: string, headingPath: readonly string[], lead?: string): string {
  const path = [title, ...headingPath].filter((step) => step !== '').join(' > ')
  return lead === undefined ? path : `${path}\n\n${lead}`
}

/** What is embedded and indexed: context, then text. Never what is cited. */
export function indexedText(passage: Pick<Passage, 'context' | 'text'>): string {
  return passage.context === '' ? passage.text : `${passage.context}\n\n${passage.text}`
}

/** Guide and anchor: translations of one passage share it. */
export function topicKey(passage: Pick<Passage, 'guideId' | 'anchor'>): string {
  return `${passage.guideId}#${passage.anchor}`
}
