/** The names of `nss-copilot/client`. */
export { type ErrorCode, isRetrievalError, RetrievalError } from '../core/errors.ts'
export type { GuideSummary } from '../core/library.ts'
export type { QuickScan } from '../core/quick-scan.ts'
export type { GuideDocument, Health, PassageDocument, Readiness } from '../core/reading.ts'
export type {
  Answerability,
  RetrievalInput,
  RetrievalResponse,
  RetrievedPassage,
} from '../core/retrieval.ts'
export type { SearchResult, SearchResultsResponse } from '../core/search-result.ts'
export type {
  QuoteClaim,
  Verification,
  VerificationRequest,
  VerificationResponse,
} from '../core/verification.ts'
export { type AnyCitation, fromAnthropicCitations, type SearchResultLocation } from './anthropic.ts'
export { type Client, createClient, type GuideOptions } from './client.ts'
export type { CallOptions, ClientOptions, Fetch } from './send.ts'
