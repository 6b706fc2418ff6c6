/** Handlers of `/retrieve`: answer a question with cited passages, in our own format or as search results for Claude. */
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
  /** Throws while the service is not ready. */
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
    // If the service is not ready, this throws before the body is read.
    retriever()
    // The body is read before the question enters the queue, so that a slow upload does not occupy a place in it.
    const body = await readJson(c.req.raw, maxBodyBytes)
    return respond(c, validate(retrievalRequestSchema, body))
  }
  const byQuery: RouteHandler = (c) => {
    retriever()
    return respond(c, parseRetrievalQuery(c.req.url))
  }
  return { byBody, byQuery }
}
