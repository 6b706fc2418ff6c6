/** The operations of the OpenAPI document, one or more for each documented method of a route. */
import * as z from 'zod'
import {
  guideDocumentSchema,
  guideListSchema,
  passageDocumentSchema,
} from '../../../engine/core/guide-document.ts'
import { languageSchema } from '../../../engine/core/language.ts'
import { quickScanSchema } from '../../../engine/core/quick-scan.ts'
import { retrievalRequestSchema, retrievalResponseSchema } from '../../../engine/core/retrieval.ts'
import { searchResultsResponseSchema } from '../../../engine/core/search-result.ts'
import { healthSchema, readinessSchema } from '../../../engine/core/service-status.ts'
import {
  verificationRequestSchema,
  verificationResponseSchema,
} from '../../../engine/core/verification.ts'
import { retrievalQuerySchema } from '../retrieval-input.ts'
import { RETRIEVAL_EXAMPLES, VERIFICATION_EXAMPLES } from './examples.ts'
import type { Operation } from './operation.ts'

/** `json-schemas.ts` adds an example from the loaded index to this parameter and to `passageIdParameter`. */
export const guideIdParameter = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
  .meta({ description: 'Id of a guide, as GET /guides lists it' })
export const passageIdParameter = z
  .string()
  .min(1)
  .meta({ description: 'Id of a passage, as an answer gives it' })

const ofGuide = {
  tag: 'reading',
  pathParameters: z.object({ id: guideIdParameter }),
  queryParameters: z.object({
    lang: languageSchema
      .optional()
      .describe('Language of the guide; by default the first one it is written in'),
  }),
  faults: [400, 404, 405, 429, 503],
} as const

const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': schema },
})

const FOUND = json(
  'Passages with their citations; none when the guides hold no answer',
  z.union([retrievalResponseSchema, searchResultsResponseSchema]),
)

export const retrieve: Operation = {
  operationId: 'retrieve',
  tag: 'retrieval',
  summary: 'Ask a question',
  description: 'Answers 200 with no passages when the guides hold no answer.',
  body: { schema: retrievalRequestSchema, examples: RETRIEVAL_EXAMPLES },
  answer: FOUND,
  faults: [400, 405, 413, 415, 429, 503],
}

export const retrieveByAddress: Operation = {
  operationId: 'retrieveByAddress',
  tag: 'retrieval',
  summary: 'Ask a question by GET',
  description: 'Takes the fields of POST as parameters; lists are separated by commas.',
  queryParameters: retrievalQuerySchema,
  answer: FOUND,
  faults: [400, 405, 429, 503],
}

export const verify: Operation = {
  operationId: 'verify',
  tag: 'retrieval',
  summary: 'Check quotes against the guides',
  description:
    'Differences in white space, case, accents, typographic signs and Markdown marks are forgiven and reported; a changed digit or word is never forgiven.',
  body: { schema: verificationRequestSchema, examples: VERIFICATION_EXAMPLES },
  answer: json('A verdict for each quote, in the order of the request', verificationResponseSchema),
  faults: [400, 405, 413, 415, 429, 503],
}

export const listGuides: Operation = {
  operationId: 'listGuides',
  tag: 'reading',
  summary: 'All guides',
  description: 'JSON by default; a page if the Accept header names text/html.',
  answer: {
    description: 'The guides, in reading order',
    content: { 'application/json': guideListSchema, 'text/html': z.string() },
  },
  faults: [405, 429, 503],
}

export const listGuidesData: Operation = {
  operationId: 'listGuidesData',
  tag: 'reading',
  summary: 'All guides as data',
  description: 'The same list, as JSON whatever the Accept header says.',
  answer: json('The guides, in reading order', guideListSchema),
  faults: [405, 429, 503],
}

export const readGuide: Operation = {
  ...ofGuide,
  operationId: 'readGuide',
  path: '/guides/{id}',
  summary: 'A guide in the format that the Accept header asks for',
  description:
    'A page by default; the canonical Markdown text or the data if the header prefers text/markdown or application/json.',
  answer: {
    description: 'The guide',
    content: {
      'text/html': z.string(),
      'text/markdown': z.string(),
      'application/json': guideDocumentSchema,
    },
  },
}

export const readGuideText: Operation = {
  ...ofGuide,
  operationId: 'readGuideText',
  path: '/guides/{id}.md',
  summary: 'The canonical text of a guide',
  description: 'The text that the offsets of citations refer to.',
  answer: { description: 'The text', content: { 'text/markdown': z.string() } },
}

export const readGuideData: Operation = {
  ...ofGuide,
  operationId: 'readGuideData',
  path: '/guides/{id}.json',
  summary: 'A guide as data',
  description: 'Text, sections, sources, quick scan and paths.',
  answer: json('The guide', guideDocumentSchema),
}

export const quickScan: Operation = {
  ...ofGuide,
  operationId: 'quickScan',
  summary: 'The quick scan of a guide',
  description: 'Short facts, each with its citation.',
  answer: json('The quick scan', quickScanSchema),
}

export const readPassage: Operation = {
  operationId: 'readPassage',
  tag: 'reading',
  summary: 'A passage with its neighbours',
  description: 'The id of a passage changes when its text does.',
  pathParameters: z.object({ id: passageIdParameter }),
  answer: json('The passage', passageDocumentSchema),
  faults: [404, 405, 429, 503],
}

const TEXT_FOR_MODELS = {
  description: 'The text',
  content: { 'text/plain': z.string(), 'text/markdown': z.string() },
}

export const llmsText: Operation = {
  operationId: 'llmsText',
  tag: 'reading',
  summary: 'Overview of the guides, for language models',
  description: 'An index of the guides in Markdown.',
  answer: TEXT_FOR_MODELS,
  faults: [405, 429, 503],
}

export const llmsFullText: Operation = {
  operationId: 'llmsFullText',
  tag: 'reading',
  summary: 'Every guide in one text',
  description: 'The canonical texts in Markdown.',
  answer: TEXT_FOR_MODELS,
  faults: [405, 429, 503],
}

export const health: Operation = {
  operationId: 'health',
  tag: 'operation',
  summary: 'Whether the process is alive',
  description: 'Answers even while the index is being loaded.',
  answer: json('Alive', healthSchema),
  faults: [405],
}

export const ready: Operation = {
  operationId: 'ready',
  tag: 'operation',
  summary: 'Whether index and model are loaded',
  description: 'Also says how questions are answered.',
  answer: json('Ready', readinessSchema),
  faults: [405, 503],
}

export const metrics: Operation = {
  operationId: 'metrics',
  tag: 'operation',
  summary: 'Counters in the Prometheus text format',
  description: 'Requests, verdicts, durations; never a question’s text.',
  answer: { description: 'The counters', content: { 'text/plain': z.string() } },
  faults: [405],
}
