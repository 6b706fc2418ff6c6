/** `/openapi.json` and `/docs`: the description, with the guides and the address of the loaded service, for programs and for people. */
import { Hono } from 'hono'
import { secureHeaders } from 'hono/secure-headers'
import type { Service } from '../service.ts'
import { DOCS_SCRIPT, DOCS_STYLE } from './docs-assets.ts'
import { renderDocs } from './docs-page.ts'
import { createOpenApi, type OpenApiDocument } from './document.ts'

/** Of the interface, not of the program: counts up when what goes in or out changes. */
const API_VERSION = '1.0.0'

/** Nothing from elsewhere, nothing inline. */
const POLICY = {
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    connectSrc: ["'self'"],
    imgSrc: ["'self'", 'data:'],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
  },
}

/** `routes`: the patterns that the app answers. */
export function createOpenApiRoute(service: () => Service, routes: readonly string[]): Hono {
  const app = new Hono()
  const describe = createDescriber(routes)
  const documentFor = (url: string) => describe(service(), new URL(url).origin)
  app.get('/openapi.json', (c) => c.json(documentFor(c.req.url)))
  app.use('/docs', secureHeaders(POLICY))
  app.get('/docs', (c) => c.html(renderDocs(documentFor(c.req.url))))
  app.get('/docs/style.css', (c) =>
    c.body(DOCS_STYLE, 200, { 'content-type': 'text/css; charset=utf-8' }),
  )
  app.get('/docs/try.js', (c) =>
    c.body(DOCS_SCRIPT, 200, { 'content-type': 'text/javascript; charset=utf-8' }),
  )
  return app
}

/** Made once for each loaded index. */
function createDescriber(routes: readonly string[]) {
  const made = new WeakMap<Service, OpenApiDocument>()
  return (service: Service, origin: string): OpenApiDocument => {
    const known = made.get(service)
    if (known) return known
    const document = describeService(service, origin, routes)
    made.set(service, document)
    return document
  }
}

function describeService(
  { library }: Service,
  origin: string,
  routes: readonly string[],
): OpenApiDocument {
  const guides = library.guides()
  const first = library.guide(guides[0]?.id ?? '')
  return createOpenApi({
    baseUrl: guides[0]?.url.replace(/\/guides\/[^/]*$/, '') ?? origin,
    version: API_VERSION,
    guideIds: [...new Set(guides.map(({ id }) => id))],
    hasTexts: routes.includes('/llms.txt'),
    passageId: (first && library.passagesOf(first)[0]?.id) ?? '',
  })
}
