/** `/retrieve`: a question in, cited passages out, as our contract or as Claude's search results. */
import { Hono } from 'hono'
import type { Retriever } from '../../engine/core/retrieval.ts'
import { toSearchResults } from '../../engine/core/search-result.ts'
import { createSentenceSplitter } from '../../engine/core/sentences.ts'
import { PROFILES } from '../../engine/languages/registry.ts'
import { readJson } from './body.ts'
import { parseRetrievalBody, parseRetrievalQuery } from './request.ts'

export type RetrieveRouteOptions = {
  /** Throws while nothing can be answered. */
  readonly retriever: () => Retriever
  readonly maxBodyBytes: number
}

export function createRetrieveRoute({ retriever, maxBodyBytes }: RetrieveRouteOptions): Hono {
  const app = new Hono()
  const toSentences = createSentenceSplitter(PROFILES)
  app.on(['GET', 'POST'], '/retrieve', async (c) => {
    const { retrieve } = retriever()
    // Read before the queue: a slow upload must not hold a place in it.
    const request =
      c.req.method === 'POST'
        ? parseRetrievalBody(await readJson(c.req.raw, maxBodyBytes))
        : parseRetrievalQuery(c.req.url)
    const answer = await retrieve(request, { signal: c.req.raw.signal })
    return c.json(request.format === 'anthropic' ? toSearchResults(answer, toSentences) : answer)
  })
  return app
}
