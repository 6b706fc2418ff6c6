/** What the HTTP app is given: the loaded service, or why there is none. */
import { RetrievalError } from '../../engine/core/errors.ts'
import type { Library } from '../../engine/core/library.ts'
import type { Retriever } from '../../engine/core/retrieval.ts'
import type { Verifier } from '../../engine/core/verification.ts'

export type Service = {
  readonly library: Library
  readonly retriever: Retriever
  readonly verifier: Verifier
  readonly modelId: string
  /** false: the model could not be loaded and answers are lexical. */
  readonly hasModel: boolean
  /** Name of the vector index: `flat`, `hnsw` or another adapter's. */
  readonly vectorIndex: string
}

/** How questions are answered. */
export function answersAs({ hasModel }: Pick<Service, 'hasModel'>): 'hybrid' | 'lexical' {
  return hasModel ? 'hybrid' : 'lexical'
}

export type ServiceState<S extends Service = Service> =
  | { readonly status: 'starting' }
  | { readonly status: 'failed'; readonly error: RetrievalError }
  | { readonly status: 'ready'; readonly service: S }

/** Throws `not_ready`, or what kept the index from loading. */
export function readyService<S extends Service>(state: ServiceState<S>): S {
  if (state.status === 'ready') return state.service
  if (state.status === 'failed') throw state.error
  throw new RetrievalError('not_ready', 'the index is being loaded: try again in a second', {
    details: { retryAfter: 1 },
  })
}
