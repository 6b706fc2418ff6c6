/** Whether the service can answer: still starting, failed to start, or ready with everything that answers. */
import { RetrievalError } from '../../engine/core/errors.ts'
import type { Library } from '../../engine/core/library.ts'
import type { Retriever } from '../../engine/core/retrieval.ts'
import type { Verifier } from '../../engine/core/verification.ts'

/** A loaded index and what answers from it. Ask for it at each request: a running service can replace its index. */
export type ReadyService = {
  readonly library: Library
  readonly retriever: Retriever
  readonly verifier: Verifier
  readonly modelId: string
  /** false: the model could not be loaded and answers are lexical. */
  readonly hasModel: boolean
  /** Name of the vector index: `flat`, `hnsw` or another adapter's. */
  readonly vectorIndex: string
}

export type ServiceState<S extends ReadyService = ReadyService> =
  | { readonly status: 'starting' }
  | { readonly status: 'failed'; readonly error: RetrievalError }
  | { readonly status: 'ready'; readonly service: S }

/** How questions are answered: with the embedding model, or on words alone. */
export function answerMode({ hasModel }: Pick<ReadyService, 'hasModel'>): 'hybrid' | 'lexical' {
  return hasModel ? 'hybrid' : 'lexical'
}

/** Throws `not_ready` while the index loads, or the error that kept it from loading. */
export function readyService<S extends ReadyService>(state: ServiceState<S>): S {
  if (state.status === 'ready') return state.service
  if (state.status === 'failed') throw state.error
  throw new RetrievalError('not_ready', 'the index is being loaded: try again in a second', {
    details: { retryAfter: 1 },
  })
}
