/** Handlers of `/openapi.json` and `/docs`: the API reference, for programs and for people. */
import type { Route, RouteHandler } from '../route.ts'
import type { ReadyService } from '../service-state.ts'
import { DOCS_SCRIPT, DOCS_STYLE } from './docs-assets.ts'
import { renderDocs } from './docs-page.ts'
import { createOpenApi, type OpenApiDocument } from './document.ts'

/** Version of the HTTP interface, not of the program. Raise it when a request or response changes. */
const API_VERSION = '1.0.0'

export type DocsDeps = {
  /** Throws while the service is not ready. */
  readonly service: () => ReadyService
  /** The whole table, including the rows of these handlers, which is why it is passed as a function. */
  readonly routes: () => readonly Route[]
}

export function createDocsHandlers({ service, routes }: DocsDeps) {
  const describe = createDescriber(routes)
  const documentFor = (url: string) => describe(service(), new URL(url).origin)
  const document: RouteHandler = (c) => c.json(documentFor(c.req.url))
  const page: RouteHandler = (c) => c.html(renderDocs(documentFor(c.req.url)))
  const style: RouteHandler = (c) =>
    c.body(DOCS_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' })
  const script: RouteHandler = (c) =>
    c.body(DOCS_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' })
  return { document, page, style, script }
}

/** Generates the document once per loaded index, because it lists the guides that exist. */
function createDescriber(routes: () => readonly Route[]) {
  const made = new WeakMap<ReadyService['library'], OpenApiDocument>()
  return ({ library }: ReadyService, origin: string): OpenApiDocument => {
    const known = made.get(library)
    if (known) return known
    const guides = library.guides()
    const first = library.guide(guides[0]?.id ?? '')
    const document = createOpenApi(routes(), {
      // An index without guides has no published addresses, so the request's origin is used.
      baseUrl: guides.length > 0 ? library.baseUrl : origin,
      version: API_VERSION,
      guideIds: [...new Set(guides.map(({ id }) => id))],
      passageId: (first && library.passagesOf(first)[0]?.id) ?? '',
    })
    made.set(library, document)
    return document
  }
}
