/** A source: the official or other publication that a claim is based on. `corpus/sources.yaml` lists each once. */
import { z } from 'zod'

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
  /** The date that the publication itself gives, as it gives it. */
  printed: z.string().optional(),
})
export type Source = z.infer<typeof sourceSchema>

/** Whether a source is a public body's own page or a law. */
export function isOfficial(authority: Authority): boolean {
  return authority !== 'secondary'
}
