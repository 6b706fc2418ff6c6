/** The quick scan: a structured summary of a guide, each fact with its citation. */
import * as z from 'zod'
import { citationSchema } from './citation.ts'
import { factKindSchema } from './guide.ts'
import { languageSchema } from './language.ts'
import { isoDateSchema } from './source.ts'

export const guideLinkSchema = z.object({
  id: z.string(),
  language: languageSchema,
  title: z.string(),
  url: z.string(),
})
export type GuideLink = z.infer<typeof guideLinkSchema>

export const quickScanSchema = z.object({
  guide: guideLinkSchema,
  bestFor: z.string(),
  helpsYouDo: z.string(),
  coreQuestions: z.array(z.string()),
  officialBodies: z.array(z.string()),
  chips: z.array(z.string()),
  facts: z.array(
    z.object({
      key: z.string(),
      kind: factKindSchema,
      label: z.string(),
      value: z.string(),
      citation: citationSchema,
    }),
  ),
  fixFirst: z.object({ guide: guideLinkSchema, why: z.string() }).nullable(),
  updated: isoDateSchema,
  stale: z.boolean(),
})
export type QuickScan = z.infer<typeof quickScanSchema>

const pathStepSchema = guideLinkSchema.extend({ reason: z.string() })

export const knowledgePathsSchema = z.object({
  nextSteps: z.array(pathStepSchema),
  siblings: z.array(pathStepSchema),
  planning: z.array(pathStepSchema),
})
export type KnowledgePaths = z.infer<typeof knowledgePathsSchema>
export type PathStep = z.infer<typeof pathStepSchema>
