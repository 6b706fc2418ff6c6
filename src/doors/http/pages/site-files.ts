/** Handlers of the files around the pages: style sheet, icon, robots.txt, site map, texts for language models. */
import { html } from 'hono/html'
import type { Library } from '../../../engine/core/library.ts'
import type { RouteHandler } from '../route.ts'
import { llmsFullText, llmsText } from './llms.ts'
import { SITE_STYLE } from './style.ts'

const FAVICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b5d4e"/><path d="M8 24V8h3.4l9 10.5V8H24v16h-3.2L11.6 13.2V24z" fill="#fff"/></svg>'

/** `library` throws while nothing can be answered. */
export function createSiteFileHandlers(library: () => Library) {
  const plain = 'text/plain; charset=utf-8'
  return {
    style: file('text/css; charset=utf-8', () => SITE_STYLE),
    favicon: file('image/svg+xml', () => FAVICON),
    llms: file(plain, () => llmsText(library())),
    llmsFull: file(plain, () => llmsFullText(library())),
    robots: file(
      plain,
      () => `User-agent: *\nAllow: /\nSitemap: ${library().baseUrl}/sitemap.xml\n`,
    ),
    siteMap: file('application/xml; charset=utf-8', () => siteMap(library())),
  }
}

/** Browsers keep it and ask each time whether it has changed. */
function file(type: string, body: () => string): RouteHandler {
  return (c) => c.body(body(), 200, { 'content-type': type, 'cache-control': 'no-cache' })
}

function siteMap(library: Library): string {
  const { baseUrl } = library
  const guides = library.guides().map(
    ({ url, updated }) => html`<url><loc>${url}</loc><lastmod>${updated}</lastmod></url>
`,
  )
  return html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<url><loc>${baseUrl}/</loc></url>
<url><loc>${baseUrl}/guides</loc></url>
${guides}</urlset>
`.toString()
}
