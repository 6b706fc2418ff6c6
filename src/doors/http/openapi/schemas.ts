/** Schemas of what the routes of reading and of operation answer. */
import { z } from 'zod'
import { citationSchema } from '../../../engine/core/citation.ts'
import { ERROR_CODES } from '../../../engine/core/errors.ts'
import { languageSchema } from '../../../engine/core/language.ts'
import {
  guideLinkSchema,
  knowledgePathsSchema,
  quickScanSchema,
} from '../../../engine/core/quick-scan.ts'
import { isoDateSchema, sourceSchema } from '../../../engine/core/source.ts'

const guideFacts = {
  description: z.string(),
  cluster: z.string(),
  order: z.number().int(),
  languages: z.array(languageSchema),
  updated: isoDateSchema,
  stale: z.boolean().describe('The day of review has passed'),
}

export const guideListSchema = z.object({
  guides: z.array(guideLinkSchema.extend(guideFacts)),
})

export const guideSchema = guideLinkSchema.extend({
  ...guideFacts,
  reviewBy: isoDateSchema,
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  text: z.string().describe('The canonical text that offsets point into'),
  sections: z.array(
    z.object({
      anchor: z.string(),
      headingPath: z.array(z.string()),
      sourceIds: z.array(z.string()),
    }),
  ),
  sources: z.array(sourceSchema.extend({ usedFor: z.string() })),
  quickScan: quickScanSchema,
  paths: knowledgePathsSchema,
  printable: z.boolean(),
})

export const passageViewSchema = z.object({
  id: z.string(),
  text: z.string(),
  language: languageSchema,
  tokens: z.number().int(),
  headingPath: z.array(z.string()),
  guide: guideLinkSchema,
  citation: citationSchema,
  previous: z.string().nullable(),
  next: z.string().nullable(),
})

export const healthSchema = z.object({ status: z.literal('ok') })

export const readySchema = z.object({
  status: z.literal('ready'),
  mode: z.enum(['hybrid', 'lexical']),
  degraded: z.boolean(),
  index: z.object({
    id: z.string(),
    model: z.string(),
    passages: z.number().int(),
    vectorIndex: z.string(),
  }),
})

export const problemSchema = z.object({
  type: z.string().regex(/^urn:nss-copilot:problem:[a-z_]+$/),
  title: z.string(),
  status: z.number().int().min(400).max(599),
  code: z.enum(ERROR_CODES),
  detail: z.string(),
  field: z.string().optional().describe('The field that is wrong'),
})
