/** The exports of `nss-copilot`: the in-process engine. */
export { type ErrorCode, isRetrievalError, RetrievalError } from '../engine/core/errors.ts'
export type { Guide } from '../engine/core/guide.ts'
export type { GuideSummary } from '../engine/core/guide-document.ts'
export type { Library, PassageView } from '../engine/core/library.ts'
export type {
  Answerability,
  RetrievalInput,
  RetrievalResponse,
  RetrievedPassage,
} from '../engine/core/retrieval.ts'
export type {
  QuoteClaim,
  Verification,
  VerificationRequest,
  VerificationResponse,
} from '../engine/core/verification.ts'
export type { IndexInfo } from './compose.ts'
export { createEngine, type Engine, type EngineOptions } from './engine.ts'
