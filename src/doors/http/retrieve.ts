/** Handlers of `/retrieve`: a question in, cited passages out, in our own form or as Claude's search results. */
import { validate } from '../../engine/core/input.ts'
import {
  type RetrievalRequest,
  type Retriever,
  retrievalRequestSchema,
} from '../../engine/core/retrieval.ts'
import { toSearchResults } from '../../engine/core/search-result.ts'
import { createSentenceSplitter } from '../../engine/core/sentences.ts'
import { PROFILES } from '../../engine/languages/registry.ts'
import { readJson } from './json-body.ts'
import { parseRetrievalQuery } from './retrieval-input.ts'
import type { RouteHandler } from './route.ts'

export type RetrieveDeps = {
  /** Throws while nothing can be answered. */
  readonly retriever: () => Retriever
  readonly maxBodyBytes: number
}

export function createRetrieveHandlers({ retriever, maxBodyBytes }: RetrieveDeps) {
  const toSentences = createSentenceSplitter(PROFILES)
  const respond = async (c: Parameters<RouteHandler>[0], request: RetrievalRequest) => {
    const answer = await retriever().retrieve(request, { signal: c.req.raw.signal })
    return c.json(request.format === 'anthropic' ? toSearchResults(answer, toSentences) : answer)
  }
  const byBody: RouteHandler = async (c) => {
    // A service that is not ready says so before it reads anything.
    retriever()
    // Read before the question enters the queue: a slow upload must not hold a place in it.
    const body = await readJson(c.req.raw, maxBodyBytes)
    return respond(c, validate(retrievalRequestSchema, body))
  }
  const byQuery: RouteHandler = (c) => {
    retriever()
    return respond(c, parseRetrievalQuery(c.req.url))
  }
  return { byBody, byQuery }
}
