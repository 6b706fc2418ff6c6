/** The OpenAPI 3.1 description of every route, from the schemas that check what comes in and what goes out. */
import { z } from 'zod'
import {
  createDocument,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponsesObject,
} from 'zod-openapi'
import { quickScanSchema } from '../../../engine/core/quick-scan.ts'
import { retrievalResponseSchema } from '../../../engine/core/retrieval.ts'
import { searchResultsResponseSchema } from '../../../engine/core/search-result.ts'
import {
  verificationRequestSchema,
  verificationResponseSchema,
} from '../../../engine/core/verification.ts'
import {
  guidePath,
  languageQuery,
  passagePath,
  RETRIEVAL_EXAMPLES,
  retrievalBody,
  retrievalParameters,
  VERIFICATION_EXAMPLES,
} from './parameters.ts'
import {
  guideListSchema,
  guideSchema,
  healthSchema,
  passageViewSchema,
  problemSchema,
  readySchema,
} from './schemas.ts'

export type DocumentOptions = {
  readonly baseUrl: string
  readonly version: string
  readonly guideIds: readonly string[]
  /** The id of a passage that exists, for the example. */
  readonly passageId: string
  /** The app serves /llms.txt and /llms-full.txt. */
  readonly hasTexts: boolean
}

export type OpenApiDocument = ReturnType<typeof createOpenApi>

const WHY: Readonly<Record<number, string>> = {
  400: 'A field or the JSON is wrong; `field` names it',
  404: 'Nothing has this id',
  405: 'Another method; `Allow` lists those that are answered',
  413: 'The body is too large',
  415: 'The body is not application/json',
  429: 'Too many requests from this client, for the service or a proxy before it; `Retry-After` says when to come back',
  503: 'The index is being loaded, or too many questions wait; `Retry-After` says when to come back',
}

function problems(...statuses: readonly number[]): ZodOpenApiResponsesObject {
  const retryAfter = z.object({
    'retry-after': z.string().describe('Seconds to wait'),
  })
  const allow = z.object({ allow: z.string().describe('Methods that are answered') })
  const entries = statuses.map((status) => [
    String(status),
    {
      description: WHY[status] ?? '',
      content: { 'application/problem+json': { schema: problemSchema } },
      ...(status === 429 || status === 503 ? { headers: retryAfter } : {}),
      ...(status === 405 ? { headers: allow } : {}),
    },
  ])
  return Object.fromEntries(entries)
}

const json = (description: string, schema: z.ZodType) => ({
  description,
  content: { 'application/json': { schema } },
})
const plain = (description: string, type: string) => ({
  description,
  content: { [type]: { schema: z.string() } },
})

/** Texts for language models, where the app serves them. */
function textsForModels(): ZodOpenApiPathsObject {
  const textForModels = {
    description: 'The text',
    content: {
      'text/plain': { schema: z.string() },
      'text/markdown': { schema: z.string() },
    },
  }
  return {
    '/llms.txt': {
      get: {
        operationId: 'llmsText',
        summary: 'What is here, for language models',
        description: 'An index of the guides in Markdown.',
        tags: ['reading'],
        responses: { 200: textForModels, ...problems(405, 429, 503) },
      },
    },
    '/llms-full.txt': {
      get: {
        operationId: 'llmsFullText',
        summary: 'Every guide in one text',
        description: 'The canonical texts in Markdown.',
        tags: ['reading'],
        responses: { 200: textForModels, ...problems(405, 429, 503) },
      },
    },
  }
}

export function createOpenApi({
  baseUrl,
  version,
  guideIds,
  passageId,
  hasTexts,
}: DocumentOptions): ReturnType<typeof createDocument> {
  const body = retrievalBody(guideIds)
  const answer = z.union([retrievalResponseSchema, searchResultsResponseSchema])
  const guide = { path: guidePath(guideIds.includes('nss') ? 'nss' : (guideIds[0] ?? 'nss')) }
  const found = 'Cited passages, or that the guides hold no answer'
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'nss-copilot',
      version,
      description:
        'Ranked passages of guides about Mexican social-security paperwork, each with a citation that a program can check. Offsets are UTF-16 units of the guide’s canonical text. Clients of the Model Context Protocol use /mcp; the pages at /, /ask and /docs are for people and not described here.',
      license: { name: 'MIT', identifier: 'MIT' },
      contact: { name: 'nss-copilot', url: `${baseUrl}/` },
    },
    servers: [{ url: baseUrl }],
    security: [],
    tags: [
      { name: 'retrieval', description: 'Questions and the check of quotes' },
      { name: 'reading', description: 'Guides and passages' },
      { name: 'operation', description: 'State of the service' },
    ],
    components: {
      schemas: {
        RetrievalRequest: body,
        RetrievalResponse: retrievalResponseSchema,
        SearchResultsResponse: searchResultsResponseSchema,
        VerificationRequest: verificationRequestSchema,
        VerificationResponse: verificationResponseSchema,
        Guide: guideSchema,
        Passage: passageViewSchema,
        Problem: problemSchema,
      },
    },
    paths: {
      '/retrieve': {
        post: {
          operationId: 'retrieve',
          summary: 'Ask a question',
          description: 'Answers 200 with no passages when the guides hold no answer.',
          tags: ['retrieval'],
          requestBody: {
            required: true,
            content: { 'application/json': { schema: body, examples: { ...RETRIEVAL_EXAMPLES } } },
          },
          responses: { 200: json(found, answer), ...problems(400, 405, 413, 415, 429, 503) },
        },
        get: {
          operationId: 'retrieveByAddress',
          summary: 'Ask a question in an address',
          description: 'As POST; lists are separated by commas.',
          tags: ['retrieval'],
          requestParams: { query: retrievalParameters(guideIds) },
          responses: { 200: json(found, answer), ...problems(400, 405, 429, 503) },
        },
      },
      '/verify': {
        post: {
          operationId: 'verify',
          summary: 'Check quotes against the guides',
          description:
            'White space, case, accents, typographic signs and Markdown marks are forgiven and reported; a changed digit or word never is.',
          tags: ['retrieval'],
          requestBody: {
            required: true,
            content: {
              'application/json': {
                schema: verificationRequestSchema,
                examples: { ...VERIFICATION_EXAMPLES },
              },
            },
          },
          responses: {
            200: json('A verdict for each quote, in their order', verificationResponseSchema),
            ...problems(400, 405, 413, 415, 429, 503),
          },
        },
      },
      '/guides': {
        get: {
          operationId: 'listGuides',
          summary: 'All guides',
          description: 'JSON; a browser that names HTML gets a page.',
          tags: ['reading'],
          responses: {
            200: {
              description: 'The guides in their order',
              content: {
                'application/json': { schema: guideListSchema },
                'text/html': { schema: z.string() },
              },
            },
            ...problems(405, 429, 503),
          },
        },
      },
      '/guides.json': {
        get: {
          operationId: 'listGuidesData',
          summary: 'All guides as data',
          description: 'As /guides, whatever the Accept header says.',
          tags: ['reading'],
          responses: {
            200: json('The guides in their order', guideListSchema),
            ...problems(405, 429, 503),
          },
        },
      },
      '/guides/{id}': {
        get: {
          operationId: 'readGuide',
          summary: 'A guide, as the Accept header asks',
          description:
            'A page, also for those who take anything; the canonical Markdown text or the data where the header prefers text/markdown or application/json.',
          tags: ['reading'],
          requestParams: { ...guide, query: languageQuery },
          responses: {
            200: {
              description: 'The guide',
              content: {
                'text/html': { schema: z.string() },
                'text/markdown': { schema: z.string() },
                'application/json': { schema: guideSchema },
              },
            },
            ...problems(400, 404, 405, 429, 503),
          },
        },
      },
      '/guides/{id}.md': {
        get: {
          operationId: 'readGuideText',
          summary: 'The canonical text of a guide',
          description: 'What offsets of citations point into.',
          tags: ['reading'],
          requestParams: { ...guide, query: languageQuery },
          responses: {
            200: plain('The text', 'text/markdown'),
            ...problems(400, 404, 405, 429, 503),
          },
        },
      },
      '/guides/{id}.json': {
        get: {
          operationId: 'readGuideData',
          summary: 'A guide as data',
          description: 'Text, sections, sources, quick scan and paths.',
          tags: ['reading'],
          requestParams: { ...guide, query: languageQuery },
          responses: { 200: json('The guide', guideSchema), ...problems(400, 404, 405, 429, 503) },
        },
      },
      '/guides/{id}/quick-scan': {
        get: {
          operationId: 'quickScan',
          summary: 'The quick scan of a guide',
          description: 'Short facts, each with its citation.',
          tags: ['reading'],
          requestParams: { ...guide, query: languageQuery },
          responses: {
            200: json('The quick scan', quickScanSchema),
            ...problems(400, 404, 405, 429, 503),
          },
        },
      },
      '/passages/{id}': {
        get: {
          operationId: 'readPassage',
          summary: 'A passage with its neighbours',
          description: 'An id stays while the passage’s text stays.',
          tags: ['reading'],
          requestParams: { path: passagePath(passageId) },
          responses: {
            200: json('The passage', passageViewSchema),
            ...problems(404, 405, 429, 503),
          },
        },
      },
      ...(hasTexts ? textsForModels() : {}),
      '/health': {
        get: {
          operationId: 'health',
          summary: 'Is the process alive',
          description: 'Answers while the index is being loaded too.',
          tags: ['operation'],
          responses: { 200: json('Alive', healthSchema), ...problems(405) },
        },
      },
      '/ready': {
        get: {
          operationId: 'ready',
          summary: 'Are index and model loaded',
          description: 'Says how questions are answered.',
          tags: ['operation'],
          responses: { 200: json('Ready', readySchema), ...problems(405, 503) },
        },
      },
      '/metrics': {
        get: {
          operationId: 'metrics',
          summary: 'Counters in the Prometheus text format',
          description: 'Requests, verdicts, durations; never a question’s text.',
          tags: ['operation'],
          responses: { 200: plain('The counters', 'text/plain'), ...problems(405) },
        },
      },
    },
  })
}
