/** The routes of people and crawlers: first page, answers, style sheet, favicon, robots, site map, texts for language models. */
import { type Context, Hono } from 'hono'
import { html } from 'hono/html'
import { secureHeaders } from 'hono/secure-headers'
import type { LoadGuideRenderer } from '../../../engine/core/guide-renderer.ts'
import { LANGUAGES, type Language } from '../../../engine/core/language.ts'
import type { Library } from '../../../engine/core/library.ts'
import {
  type RetrievalRequest,
  type RetrievalResponse,
  type Retriever,
  retrievalRequestSchema,
} from '../../../engine/core/retrieval.ts'
import { problemResponse, toProblem } from '../problem.ts'
import { validate } from '../request.ts'
import { answerPage } from './answer-page.ts'
import { errorPage } from './error-page.ts'
import { homePage } from './home.ts'
import { llmsFullText, llmsText } from './llms.ts'
import { browserLanguage, pageLanguage, wantsPage } from './negotiate.ts'
import { STYLE } from './style.ts'

export const PAGE_METHODS: Readonly<Record<string, string>> = Object.fromEntries(
  [
    '/',
    '/ask',
    '/llms.txt',
    '/llms-full.txt',
    '/robots.txt',
    '/sitemap.xml',
    '/favicon.svg',
    '/assets/site.css',
  ].map((path) => [path, 'GET, HEAD']),
)

const FAVICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5d4e"/><path d="M8 24V8h3.4l9 10.5V8H24v16h-3.2L11.6 13.2V24z" fill="#fff"/></svg>'

/** Pages load nothing but our style sheet and icon, run no script and send forms to us alone. */
export function pageSecurity() {
  return secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      styleSrc: ["'self'"],
      imgSrc: ["'self'"],
      // Page checkers fetch robots.txt from inside the page.
      connectSrc: ["'self'"],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: ["'none'"],
    },
  })
}

export type PageDeps = {
  readonly library: () => Library
  readonly retriever: () => Retriever
  readonly renderer: LoadGuideRenderer
}

export function createPageRoutes({ library, retriever, renderer }: PageDeps): Hono {
  const app = new Hono()
  const security = pageSecurity()

  app.get('/', security, (c) => {
    c.header('vary', 'Accept-Language')
    const language = pageLanguage(c)
    c.header('content-language', language)
    return c.html(homePage(library(), language))
  })

  app.get('/ask', security, async (c) => {
    c.header('vary', 'Accept-Language')
    const language = pageLanguage(c)
    const query = c.req.query('q') ?? ''
    if (query.trim() === '') return c.redirect(`./?lang=${language}`)
    const request = validate(retrievalRequestSchema, { query })
    const ask = (asked: RetrievalRequest) =>
      retriever().retrieve(asked, { signal: c.req.raw.signal })
    const [found, render] = await Promise.all([inLanguage(request, language, ask), renderer()])
    c.header('content-language', language)
    c.header('cache-control', 'no-store')
    return c.html(answerPage(found, language, render))
  })

  const served = (path: string, type: string, body: () => string) =>
    app.get(path, (c) => c.body(body(), 200, { 'content-type': type, 'cache-control': 'no-cache' }))
  served('/assets/site.css', 'text/css; charset=utf-8', () => STYLE)
  served('/favicon.svg', 'image/svg+xml', () => FAVICON)
  served('/llms.txt', 'text/plain; charset=utf-8', () => llmsText(library()))
  served('/llms-full.txt', 'text/plain; charset=utf-8', () => llmsFullText(library()))
  served(
    '/robots.txt',
    'text/plain; charset=utf-8',
    () => `User-agent: *\nAllow: /\nSitemap: ${library().baseUrl}/sitemap.xml\n`,
  )
  served('/sitemap.xml', 'application/xml; charset=utf-8', () => siteMap(library()))
  return app
}

/** `curp` is a word of neither language: its reader wants the page's, where the guides answer in it. */
async function inLanguage(
  request: RetrievalRequest,
  language: Language,
  ask: (request: RetrievalRequest) => Promise<RetrievalResponse>,
): Promise<RetrievalResponse> {
  const found = await ask(request)
  const isForeign = found.passages.some((passage) => passage.language !== language)
  if (found.language !== 'unknown' || !isForeign) return found
  const again = await ask({ ...request, languages: [language] })
  return again.passages.length > 0 ? again : found
}

function siteMap(library: Library): string {
  const guides = library.guides().map(
    ({ url, updated }) => html`<url><loc>${url}</loc><lastmod>${updated}</lastmod></url>
`,
  )
  const { baseUrl } = library
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>${baseUrl}/</loc></url>
<url><loc>${baseUrl}/guides</loc></url>
${guides.join('')}</urlset>
`
}

/** A fault as whoever asks can read it: a page for browsers, a problem for programs. */
export async function faultResponse(c: Context, error: unknown): Promise<Response> {
  const response = problemResponse(error)
  const isRead = c.req.method === 'GET' || c.req.method === 'HEAD'
  if (!isRead || !wantsPage(c)) return response
  const asked = c.req.query('lang')
  const language = LANGUAGES.find((known) => known === asked) ?? browserLanguage(c)
  const depth = c.req.path.split('/').length - 2
  const text = await errorPage(toProblem(error), language, '../'.repeat(depth) || './')
  const headers = new Headers(response.headers)
  headers.set('content-type', 'text/html; charset=utf-8')
  headers.set('content-language', language)
  headers.set('vary', 'Accept, Accept-Language')
  await pageSecurity()(c, async () => {
    c.res = new Response(text.toString(), { status: response.status, headers })
  })
  return c.res
}
