/** A citation: everything a reader or a program needs to check a passage against the guide and its sources. */
import * as z from 'zod'
import { authoritySchema, isoDateSchema } from './source.ts'

export const citedSourceSchema = z.object({
  id: z.string(),
  title: z.string(),
  publisher: z.string(),
  /** null for an unpublished copy. */
  url: z.string().nullable(),
  authority: authoritySchema,
  seen: z.enum(['direct', 'reported']),
  usedFor: z.string(),
  lastVerified: isoDateSchema,
  /** true: no block of the passage names a source, so it takes its section's sources. */
  inherited: z.boolean(),
})
export type CitedSource = z.infer<typeof citedSourceSchema>

export const citationSchema = z.object({
  id: z.string(),
  url: z.string(),
  textFragmentUrl: z.string(),
  /** The exact slice `canonical.slice(start, end)`; offsets are UTF-16. */
  quote: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  /** Bare lower-case hex SHA-256 of the UTF-8 bytes of the guide's canonical text. */
  guideSha256: z.string(),
  sources: z.array(citedSourceSchema),
  updated: isoDateSchema,
  /** true: at the time of the request, the review date of the guide, or of a fact in the passage, has passed. */
  stale: z.boolean(),
})
export type Citation = z.infer<typeof citationSchema>
