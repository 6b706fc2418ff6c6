/** A source: the publication that a claim rests on; each is listed once in `corpus/sources.yaml`. */
import * as z from 'zod'

/** `official`: the public body's own page; `law`: the text of a law or regulation; `secondary`: anyone else's publication. */
export const authoritySchema = z.enum(['official', 'law', 'secondary'])
export type Authority = z.infer<typeof authoritySchema>

export const isoDateSchema = z.iso.date()

export const sourceSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]*$/, 'lower-case letters, digits, dots and hyphens'),
  title: z.string().min(1),
  publisher: z.string().min(1),
  /** null: an unpublished copy. */
  url: z.url({ protocol: /^https?$/ }).nullable(),
  authority: authoritySchema,
  /** `direct`: read in the publication itself; `reported`: known through another publication. */
  seen: z.enum(['direct', 'reported']),
  lastVerified: isoDateSchema,
  /** The publication's own date, as it is printed there. */
  printed: z.string().optional(),
})
export type Source = z.infer<typeof sourceSchema>

/** Whether a source is primary: the body's own page (`official`) or the text of a law. */
export function isPrimary(authority: Authority): boolean {
  return authority !== 'secondary'
}
