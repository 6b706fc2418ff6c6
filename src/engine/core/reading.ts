/** What the reading routes answer: the list of guides, one guide, one passage, and the service's own state. */
import { z } from 'zod'
import { citationSchema } from './citation.ts'
import { languageSchema } from './language.ts'
import { guideLinkSchema, knowledgePathsSchema, quickScanSchema } from './quick-scan.ts'
import { modeSchema } from './retrieval.ts'
import { isoDateSchema, sourceSchema } from './source.ts'

export const guideSummarySchema = guideLinkSchema.extend({
  description: z.string(),
  cluster: z.string(),
  order: z.number().int(),
  languages: z.array(languageSchema),
  updated: isoDateSchema,
  stale: z.boolean(),
})

export const guideListSchema = z.object({ guides: z.array(guideSummarySchema) })

export const guideDocumentSchema = guideSummarySchema.extend({
  reviewBy: isoDateSchema,
  /** Bare lower-case hex SHA-256 of the text's UTF-8 bytes. */
  sha256: z.string(),
  /** The canonical text: what the offsets of citations point into. */
  text: z.string(),
  sections: z.array(
    z.object({
      anchor: z.string(),
      headingPath: z.array(z.string()),
      sourceIds: z.array(z.string()),
    }),
  ),
  sources: z.array(z.object({ ...sourceSchema.shape, usedFor: z.string() })),
  quickScan: quickScanSchema,
  paths: knowledgePathsSchema,
  printable: z.boolean(),
})
export type GuideDocument = z.infer<typeof guideDocumentSchema>

export const passageDocumentSchema = z.object({
  id: z.string(),
  text: z.string(),
  language: languageSchema,
  tokens: z.number().int(),
  headingPath: z.array(z.string()),
  guide: guideLinkSchema,
  citation: citationSchema,
  /** The passages before and after it in its guide. */
  previous: z.string().nullable(),
  next: z.string().nullable(),
})
export type PassageDocument = z.infer<typeof passageDocumentSchema>

export const healthSchema = z.object({ status: z.literal('ok') })
export type Health = z.infer<typeof healthSchema>

export const readinessSchema = z.object({
  status: z.literal('ready'),
  mode: modeSchema,
  degraded: z.boolean(),
  index: z.object({
    id: z.string(),
    model: z.string(),
    passages: z.number().int(),
    vectorIndex: z.string(),
  }),
})
export type Readiness = z.infer<typeof readinessSchema>
