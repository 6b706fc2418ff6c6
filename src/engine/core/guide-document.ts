/** Guides and passages as the service sends them: the list of guides, one guide with its text, one passage with its citation. */
import * as z from 'zod'
import { citationSchema } from './citation.ts'
import { languageSchema } from './language.ts'
import { guideLinkSchema, knowledgePathsSchema, quickScanSchema } from './quick-scan.ts'
import { isoDateSchema, sourceSchema } from './source.ts'

export const guideSummarySchema = guideLinkSchema.extend({
  description: z.string(),
  cluster: z.string(),
  order: z.number().int(),
  languages: z.array(languageSchema),
  updated: isoDateSchema,
  stale: z.boolean().describe('The day of review has passed'),
})
/** A guide in the list of guides: what it is about, its languages and its age, without its text. */
export type GuideSummary = z.infer<typeof guideSummarySchema>

export const guideListSchema = z.object({ guides: z.array(guideSummarySchema) })
export type GuideList = z.infer<typeof guideListSchema>

export const guideDocumentSchema = guideSummarySchema.extend({
  reviewBy: isoDateSchema,
  /** Bare lower-case hex SHA-256 of the text's UTF-8 bytes. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  text: z.string().describe('The canonical text that offsets point into'),
  sections: z.array(
    z.object({
      anchor: z.string(),
      headingPath: z.array(z.string()),
      sourceIds: z.array(z.string()),
    }),
  ),
  // Not strict, as the corpus's own schema is: clients accept fields that a newer service adds.
  sources: z.array(z.object({ ...sourceSchema.shape, usedFor: z.string() })),
  quickScan: quickScanSchema,
  paths: knowledgePathsSchema,
  printable: z.boolean(),
})
/** A whole guide: its text and everything known about it. */
export type GuideDocument = z.infer<typeof guideDocumentSchema>

export const passageDocumentSchema = z.object({
  id: z.string(),
  text: z.string(),
  language: languageSchema,
  tokens: z.number().int(),
  headingPath: z.array(z.string()),
  guide: guideLinkSchema,
  citation: citationSchema,
  /** Ids of the passages before and after it in its guide; null at either end. */
  previous: z.string().nullable(),
  next: z.string().nullable(),
})
/** One passage with its citation and its neighbours. */
export type PassageDocument = z.infer<typeof passageDocumentSchema>
