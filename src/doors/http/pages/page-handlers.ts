/** Handlers of the first page and of the page that answers a question. */

import type { LoadGuideRenderer } from '../../../engine/core/guide-renderer.ts'
import { validate } from '../../../engine/core/input.ts'
import type { Language } from '../../../engine/core/language.ts'
import type { Library } from '../../../engine/core/library.ts'
import {
  type RetrievalRequest,
  type RetrievalResponse,
  type Retriever,
  retrievalRequestSchema,
} from '../../../engine/core/retrieval.ts'
import type { RouteHandler } from '../route.ts'
import { answerPage } from './answer-page.ts'
import { homePage } from './home.ts'
import { pageLanguage } from './negotiate.ts'

export type PageDeps = {
  /** Both throw while nothing can be answered. */
  readonly library: () => Library
  readonly retriever: () => Retriever
  readonly renderer: LoadGuideRenderer
}

export function createPageHandlers({ library, retriever, renderer }: PageDeps) {
  const home: RouteHandler = (c) => {
    c.header('vary', 'Accept-Language')
    const language = pageLanguage(c)
    c.header('content-language', language)
    return c.html(homePage(library(), language))
  }

  const ask: RouteHandler = async (c) => {
    c.header('vary', 'Accept-Language')
    const language = pageLanguage(c)
    const query = c.req.query('q') ?? ''
    if (query.trim() === '') return c.redirect(`./?lang=${language}`)
    const request = validate(retrievalRequestSchema, { query })
    // Taken once, so that a second question goes to the same index.
    const { retrieve } = retriever()
    const [found, render] = await Promise.all([
      retrieveForPage(request, language, (asked) => retrieve(asked, { signal: c.req.raw.signal })),
      renderer(),
    ])
    c.header('content-language', language)
    c.header('cache-control', 'no-store')
    return c.html(answerPage(found, language, render))
  }

  return { home, ask }
}

/** A question such as `curp` is in neither language: its reader gets passages in the page's language, where there are any. */
async function retrieveForPage(
  request: RetrievalRequest,
  language: Language,
  retrieve: (request: RetrievalRequest) => Promise<RetrievalResponse>,
): Promise<RetrievalResponse> {
  const found = await retrieve(request)
  const isForeign = found.passages.some((passage) => passage.language !== language)
  if (found.language !== 'unknown' || !isForeign) return found
  const again = await retrieve({ ...request, languages: [language] })
  return again.passages.length > 0 ? again : found
}
