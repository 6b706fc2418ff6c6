/** The exports of `nss-copilot/client`. */
export { type ErrorCode, isRetrievalError, RetrievalError } from '../../engine/core/errors.ts'
export type {
  GuideDocument,
  GuideSummary,
  PassageDocument,
} from '../../engine/core/guide-document.ts'
export type { QuickScan } from '../../engine/core/quick-scan.ts'
export type {
  Answerability,
  RetrievalInput,
  RetrievalResponse,
  RetrievedPassage,
} from '../../engine/core/retrieval.ts'
export type { SearchResult, SearchResultsResponse } from '../../engine/core/search-result.ts'
export type { Health, Readiness } from '../../engine/core/service-status.ts'
export type {
  QuoteClaim,
  Verification,
  VerificationRequest,
  VerificationResponse,
} from '../../engine/core/verification.ts'
export { type AnyCitation, fromAnthropicCitations, type SearchResultLocation } from './anthropic.ts'
export { type Client, createClient, type GuideOptions } from './client.ts'
export type { CallOptions, ClientOptions, Fetch } from './send.ts'
