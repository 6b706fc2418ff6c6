/** The state of the service: starting, failed to start, or ready, with the parts that answer requests. */
import { RetrievalError } from '../../engine/core/errors.ts'
import type { Library } from '../../engine/core/library.ts'
import type { Retriever } from '../../engine/core/retrieval.ts'
import type { Verifier } from '../../engine/core/verification.ts'

/** A loaded index and the parts that answer from it. Get it anew for every request: a running service can replace its index. */
export type ReadyService = {
  readonly library: Library
  readonly retriever: Retriever
  readonly verifier: Verifier
  readonly modelId: string
  /** If false, the model is unavailable and answers are lexical. */
  readonly hasModel: boolean
  /** Kind of vector index: `flat`, `hnsw` or that of another adapter. */
  readonly vectorIndex: string
}

export type ServiceState<S extends ReadyService = ReadyService> =
  | { readonly status: 'starting' }
  | { readonly status: 'failed'; readonly error: RetrievalError }
  | { readonly status: 'ready'; readonly service: S }

/** How questions are answered: with the embedding model (hybrid), or by words alone (lexical). */
export function answerMode({ hasModel }: Pick<ReadyService, 'hasModel'>): 'hybrid' | 'lexical' {
  return hasModel ? 'hybrid' : 'lexical'
}

/** Throws `not_ready` while the index is loading, or the error with which loading failed. */
export function readyService<S extends ReadyService>(state: ServiceState<S>): S {
  if (state.status === 'ready') return state.service
  if (state.status === 'failed') throw state.error
  throw new RetrievalError('not_ready', 'the index is still loading: try again in a second', {
    details: { retryAfter: 1 },
  })
}
