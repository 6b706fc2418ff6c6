/** The request and the response of a retrieval, and the Retriever port that every door calls. */
import * as z from 'zod'
import { citationSchema } from './citation.ts'
import { codePoints } from './code-points.ts'
import { LANGUAGES, languageSchema, questionLanguageSchema } from './language.ts'
import { guideLinkSchema, knowledgePathsSchema, quickScanSchema } from './quick-scan.ts'
import { authoritySchema } from './source.ts'

const MAX_QUERY_CHARACTERS = 1000
const MAX_PASSAGES = 20
/** Agents call several times per question; five passages of about 130 tokens each leave them room. */
const DEFAULT_PASSAGES = 5
const DEFAULT_MAX_TOKENS = 1500

/** Control characters, which no question contains; tab, line feed and carriage return are allowed. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding control characters is its purpose
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/

/** The same rule as a pattern for JSON Schema: no control characters, and at least one character that is not white space. */
const QUESTION_PATTERN =
  '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f\\ufeff][^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$'

const LONE_SURROGATE = /\p{Cs}/u

export const retrievalRequestSchema = z.strictObject({
  query: z
    .string()
    .refine((q) => q.trim() !== '', 'must not be empty')
    .refine((q) => codePoints(q) <= MAX_QUERY_CHARACTERS, {
      message: `must have at most ${MAX_QUERY_CHARACTERS} characters`,
    })
    .refine((q) => !CONTROL.test(q), 'must not contain control characters')
    .refine((q) => !LONE_SURROGATE.test(q), 'must be well-formed Unicode')
    .meta({
      description: 'The question, in English, Spanish or a mix: 1 to 1,000 characters',
      minLength: 1,
      maxLength: MAX_QUERY_CHARACTERS,
      pattern: QUESTION_PATTERN,
    }),
  limit: z.number().int().min(1).max(MAX_PASSAGES).default(DEFAULT_PASSAGES),
  maxTokens: z.number().int().min(100).max(8000).default(DEFAULT_MAX_TOKENS),
  languages: z.array(languageSchema).min(1).max(LANGUAGES.length).optional(),
  guides: z.array(z.string().min(1).max(80)).min(1).max(50).optional(),
  minAuthority: authoritySchema
    .default('secondary')
    .describe(
      'Weakest source that a passage may rest on: secondary takes everything, law takes laws and official pages, official takes pages of the public bodies themselves',
    ),
  quickScan: z.boolean().default(true),
  explain: z.boolean().default(false),
  format: z.enum(['json', 'anthropic']).default('json'),
})
export type RetrievalRequest = z.infer<typeof retrievalRequestSchema>
/** A request before defaults: only the query is required. */
export type RetrievalInput = z.input<typeof retrievalRequestSchema>

export const answerabilitySchema = z.object({
  verdict: z.enum(['answerable', 'partial', 'not_in_corpus']),
  probability: z.number().min(0).max(1),
  reason: z.string(),
})
export type Answerability = z.infer<typeof answerabilitySchema>

export const explanationSchema = z.object({
  cosine: z.number(),
  /** The cosine minus the question's mean cosine with passages of the same language. */
  lift: z.number(),
  /** What is subtracted from the cosine for the passage's language: fused = cosine - shift + weight * evidence. */
  shift: z.number(),
  bm25: z.number(),
  /** The question's upper bound in the passage's language. */
  upperBound: z.number(),
  /** Character n-grams: their score as a share (0 to 1) of the highest that any text could reach. */
  spelling: z.number(),
  /** Lexical evidence, 0 to 1: multiplied by its weight, it is part of the fused score. */
  evidence: z.number(),
  coverage: z.number(),
  fused: z.number(),
  /** Mean fused score of the best passages of its guide; used when the first place is decided. */
  guideSupport: z.number(),
  /** Why it comes before a passage with a higher fused score: `guide`, its guide is better supported; `official`, it is better sourced (at a tie, or on the same fact). */
  moved: z.enum(['guide', 'official']).nullable(),
  /** The reranker's own score; null unless it was applied. */
  rerankerScore: z.number().nullable(),
  /** The numbers that the passage's score is computed from. */
  signals: z.record(z.string(), z.number()),
  /** 1-based rank in each search; null where that search did not propose the passage. */
  denseRank: z.number().int().nullable(),
  lexicalRank: z.number().int().nullable(),
})

export const retrievedPassageSchema = z.object({
  id: z.string(),
  rank: z.number().int(),
  score: z.number().min(0).max(1),
  text: z.string(),
  language: languageSchema,
  tokens: z.number().int(),
  headingPath: z.array(z.string()),
  guide: guideLinkSchema.omit({ language: true }),
  citation: citationSchema,
  explain: explanationSchema.optional(),
})
export type RetrievedPassage = z.infer<typeof retrievedPassageSchema>

export const modeSchema = z.enum(['hybrid', 'lexical'])

export const retrievalResponseSchema = z.object({
  query: z.string(),
  language: questionLanguageSchema,
  answerability: answerabilitySchema,
  passages: z.array(retrievedPassageSchema),
  quickScan: quickScanSchema.nullable(),
  paths: knowledgePathsSchema.nullable(),
  /** Only with `not_in_corpus`: up to three guides, nearest first. */
  nearest: z.array(guideLinkSchema).optional(),
  /** Passages within `limit` that the token budget left out. */
  omitted: z.number().int(),
  mode: modeSchema,
  /** true: the model is missing and the answer comes from the lexical index alone. */
  degraded: z.boolean(),
  /** `skipped`: there is a reranker, but it failed or ran out of time, and the order is the ranking's own. */
  reranker: z.enum(['off', 'applied', 'skipped']),
  /** Why it was skipped. */
  rerankerReason: z.string().optional(),
  index: z.object({ id: z.string(), model: z.string(), passages: z.number().int() }),
  tookMs: z.object({ embed: z.number(), search: z.number(), total: z.number() }),
  explain: z
    .object({
      terms: z.object(
        Object.fromEntries(LANGUAGES.map((language) => [language, z.array(z.string())])),
      ),
      /** Words that no text contains, and the similar known words that were searched for instead. */
      readings: z.array(
        z.object({
          language: languageSchema,
          term: z.string(),
          as: z.array(z.string()),
          weight: z.number(),
        }),
      ),
      signals: z.record(z.string(), z.number()),
      collapsed: z.array(z.object({ id: z.string(), into: z.string(), why: z.string() })),
      omitted: z.array(z.object({ id: z.string(), tokens: z.number().int() })),
    })
    .optional(),
})
export type RetrievalResponse = z.infer<typeof retrievalResponseSchema>

/** HTTP, MCP, LangChain, the command line and the pages all call this and only translate its answer. */
export type Retriever = {
  retrieve(
    request: RetrievalRequest,
    options?: { signal?: AbortSignal },
  ): Promise<RetrievalResponse>
}
