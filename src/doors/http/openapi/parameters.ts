/** Parameters of the routes as OpenAPI tells them. */
import { z } from 'zod'
import { languageSchema } from '../../../engine/core/language.ts'
import { type RetrievalInput, retrievalRequestSchema } from '../../../engine/core/retrieval.ts'

const { query, limit, maxTokens, minAuthority, format } = retrievalRequestSchema.shape

/** Lists are written with commas between them. */
const COMMAS = { param: { style: 'form', explode: false } } as const

/** The body's fields by name, `q` for the query. */
export function retrievalParameters(guideIds: readonly string[]) {
  return z.object({
    q: query,
    limit,
    maxTokens,
    languages: z.array(languageSchema).min(1).max(2).optional().meta(COMMAS),
    guides: z.array(guideIdSchema(guideIds)).min(1).max(50).optional().meta(COMMAS),
    minAuthority,
    quickScan: z.boolean().default(true),
    explain: z.boolean().default(false),
    format,
  })
}

/** The guides that exist: any other is refused. */
export function guideIdSchema(guideIds: readonly string[]) {
  const [first, ...rest] = guideIds
  return first === undefined ? z.string() : z.enum([first, ...rest])
}

/** The request body, with the guides that exist by name. */
export function retrievalBody(guideIds: readonly string[]) {
  return retrievalRequestSchema.extend({
    guides: z.array(guideIdSchema(guideIds)).min(1).max(50).optional(),
  })
}

export function guidePath(example: string) {
  return z.object({
    id: z
      .string()
      .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
      .meta({ description: 'Id of a guide, as GET /guides lists it', example }),
  })
}

export const languageQuery = z.object({
  lang: languageSchema
    .optional()
    .describe('Language of the guide; without it the first in which it is written'),
})

export function passagePath(example: string) {
  return z.object({
    id: z.string().min(1).meta({ description: 'Id of a passage, as an answer gives it', example }),
  })
}

export const RETRIEVAL_EXAMPLES: Readonly<
  Record<string, { summary: string; value: RetrievalInput }>
> = {
  question: {
    summary: 'A question in Spanish',
    value: { query: 'no tengo acta apostillada, ¿puedo sacar el NSS?' },
  },
  narrowed: {
    summary: 'Three English passages of two guides, with scores explained',
    value: {
      query: 'When is the NSS counter open?',
      limit: 3,
      languages: ['en'],
      guides: ['nss', 'offices-and-representatives'],
      explain: true,
    },
  },
  claude: {
    summary: 'As search_result blocks for Claude',
    value: { query: 'What does the NSS cost?', format: 'anthropic', limit: 2 },
  },
  silent: {
    summary: 'A question that the guides do not answer',
    value: { query: 'Who won the chess championship in 1972?' },
  },
}

export const VERIFICATION_EXAMPLES = {
  quotes: {
    summary: 'A true quote, a changed one, one of another guide',
    value: {
      citations: [
        { quote: 'The NSS procedure is free', guide: 'nss' },
        {
          quote: 'Office hours for the NSS in person are 8:00 to 16:30',
          guide: 'nss',
          language: 'en',
        },
        { quote: 'The NSS procedure is free', url: '/guides/curp?lang=en#top' },
      ],
    },
  },
} as const
