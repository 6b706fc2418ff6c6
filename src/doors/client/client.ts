/** The typed HTTP client. It validates every response against the schema that the service documents. */
import type * as z from 'zod'
import { messageOf, RetrievalError } from '../../engine/core/errors.ts'
import {
  type GuideDocument,
  type GuideSummary,
  guideDocumentSchema,
  guideListSchema,
  type PassageDocument,
  passageDocumentSchema,
} from '../../engine/core/guide-document.ts'
import type { Language } from '../../engine/core/language.ts'
import type { QuickScan } from '../../engine/core/quick-scan.ts'
import { quickScanSchema } from '../../engine/core/quick-scan.ts'
import {
  type RetrievalInput,
  type RetrievalResponse,
  retrievalResponseSchema,
} from '../../engine/core/retrieval.ts'
import {
  type SearchResultsResponse,
  searchResultsResponseSchema,
} from '../../engine/core/search-result.ts'
import {
  type Health,
  healthSchema,
  type Readiness,
  readinessSchema,
} from '../../engine/core/service-status.ts'
import {
  type VerificationRequest,
  type VerificationResponse,
  verificationResponseSchema,
} from '../../engine/core/verification.ts'
import { type CallOptions, type ClientOptions, createSend, type SentRequest } from './send.ts'

export type GuideOptions = CallOptions & {
  /** By default English if the guide exists in English, otherwise a language in which it exists. */
  readonly language?: Language
}

/**
 * Every call rejects with a `RetrievalError`. Its code is the one that the service sent, or `unreachable`,
 * `response_invalid` or `aborted`.
 */
export type Client = {
  /** Has the signature of `Retriever.retrieve`, so that a client can be used as a `Retriever`. */
  retrieve(
    request: Omit<RetrievalInput, 'format'>,
    options?: CallOptions,
  ): Promise<RetrievalResponse>
  /** The answer as search_result blocks for Claude; `fromAnthropicCitations` turns Claude's citations back into ours. */
  searchResults(
    request: Omit<RetrievalInput, 'format'>,
    options?: CallOptions,
  ): Promise<SearchResultsResponse>
  guides(options?: CallOptions): Promise<GuideSummary[]>
  guide(id: string, options?: GuideOptions): Promise<GuideDocument>
  /** The guide's canonical text in Markdown. Hash and slice it to check a citation. */
  guideMarkdown(id: string, options?: GuideOptions): Promise<string>
  quickScan(id: string, options?: GuideOptions): Promise<QuickScan>
  passage(id: string, options?: CallOptions): Promise<PassageDocument>
  verify(request: VerificationRequest, options?: CallOptions): Promise<VerificationResponse>
  health(options?: CallOptions): Promise<Health>
  /** Rejects with `not_ready` if the service is still loading after the last retry. */
  ready(options?: CallOptions): Promise<Readiness>
}

export function createClient(options: ClientOptions): Client {
  const send = createSend(options)
  const ask = async <T>(
    schema: z.ZodType<T>,
    request: Omit<SentRequest, 'accept'>,
    callOptions?: CallOptions,
  ): Promise<T> => {
    const text = await send({ ...request, accept: 'application/json' }, callOptions)
    return parseAnswer(schema, text, request.path)
  }
  const guidePath = (id: string, tail: string, language: Language | undefined) =>
    `/guides/${encodeURIComponent(id)}${tail}${language === undefined ? '' : `?lang=${language}`}`

  return {
    retrieve: (request, callOptions) =>
      ask(retrievalResponseSchema, { path: '/retrieve', body: request }, callOptions),
    searchResults: (request, callOptions) =>
      ask(
        searchResultsResponseSchema,
        { path: '/retrieve', body: { ...request, format: 'anthropic' } },
        callOptions,
      ),
    guides: async (callOptions) =>
      (await ask(guideListSchema, { path: '/guides' }, callOptions)).guides,
    guide: (id, { language, ...callOptions } = {}) =>
      ask(guideDocumentSchema, { path: guidePath(id, '.json', language) }, callOptions),
    guideMarkdown: (id, { language, ...callOptions } = {}) =>
      send({ path: guidePath(id, '.md', language), accept: 'text/markdown' }, callOptions),
    quickScan: (id, { language, ...callOptions } = {}) =>
      ask(quickScanSchema, { path: guidePath(id, '/quick-scan', language) }, callOptions),
    passage: (id, callOptions) =>
      ask(passageDocumentSchema, { path: `/passages/${encodeURIComponent(id)}` }, callOptions),
    verify: (request, callOptions) =>
      ask(verificationResponseSchema, { path: '/verify', body: request }, callOptions),
    health: (callOptions) => ask(healthSchema, { path: '/health' }, callOptions),
    ready: (callOptions) => ask(readinessSchema, { path: '/ready' }, callOptions),
  }
}

/** Ignores unknown fields, which a newer service may send. Throws `response_invalid`, naming a missing or wrong field. */
function parseAnswer<T>(schema: z.ZodType<T>, text: string, path: string): T {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new RetrievalError(
      'response_invalid',
      `the response of ${path} is not JSON (${messageOf(cause).slice(0, 120)}): is baseUrl the address of nss-copilot?`,
      { cause },
    )
  }
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const field = issue?.path.join('.') || 'the body'
  throw new RetrievalError(
    'response_invalid',
    `the response of ${path} does not have the expected form: ${field}: ${issue?.message}`,
    { cause: result.error, details: { field } },
  )
}
