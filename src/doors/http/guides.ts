/** The routes of reading: guides as pages, Markdown and JSON, quick scans, single passages. */
import { Hono } from 'hono'
import { etag } from 'hono/etag'
import { RetrievalError } from '../../engine/core/errors.ts'
import type { Guide } from '../../engine/core/guide.ts'
import type { LoadGuideRenderer } from '../../engine/core/guide-renderer.ts'
import { type Language, languageSchema } from '../../engine/core/language.ts'
import type { Library } from '../../engine/core/library.ts'
import type { QuickScan } from '../../engine/core/quick-scan.ts'
import { guidePage } from './pages/guide-page.ts'
import { guidesPage } from './pages/home.ts'
import { pageLanguage, preferred, wantsPage } from './pages/negotiate.ts'
import { pageSecurity } from './pages/routes.ts'

/** What `.md`, `.json` and `.html` behind a guide's id name, and `Accept` asks for. */
const FORMATS: Readonly<Record<string, string>> = {
  html: 'text/html',
  md: 'text/markdown',
  json: 'application/json',
}

export function createGuideRoutes(library: () => Library, renderer: LoadGuideRenderer): Hono {
  const app = new Hono()
  app.use(etag())
  const security = pageSecurity()

  // A quick scan is made anew when the day changes, and with it what the page says about staleness.
  const pages = new WeakMap<QuickScan, string>()
  const pageOf = async (shelf: Library, guide: Guide): Promise<string> => {
    const scan = shelf.quickScan(guide)
    const known = pages.get(scan)
    if (known !== undefined) return known
    const text = (await guidePage(shelf, guide, await renderer())).toString()
    pages.set(scan, text)
    return text
  }

  app.get('/guides', security, (c) => {
    c.header('vary', 'Accept, Accept-Language')
    if (!wantsPage(c)) return c.json({ guides: library().guides() })
    const language = pageLanguage(c)
    c.header('content-language', language)
    return c.html(guidesPage(library(), language))
  })
  app.get('/guides.json', (c) => c.json({ guides: library().guides() }))

  app.get('/guides/:file', security, async (c) => {
    const file = c.req.param('file')
    const [, id = file, extension] = /^(.*?)\.(md|json|html)$/.exec(file) ?? []
    const shelf = library()
    const guide = findGuide(shelf, id, c.req.query('lang'))
    c.header('content-language', guide.meta.language)
    c.header('vary', 'Accept')
    const type = extension ? FORMATS[extension] : preferred(c, Object.values(FORMATS), 'text/html')
    if (type === 'application/json') return c.json(toJson(shelf, guide))
    if (type === 'text/html') return c.html(await pageOf(shelf, guide))
    return c.body(guide.text, 200, { 'content-type': 'text/markdown; charset=utf-8' })
  })

  app.get('/guides/:id/quick-scan', (c) => {
    const shelf = library()
    return c.json(shelf.quickScan(findGuide(shelf, c.req.param('id'), c.req.query('lang'))))
  })

  app.get('/passages/:id', (c) => {
    const view = library().passage(c.req.param('id'))
    if (!view) {
      throw new RetrievalError(
        'not_found',
        `no passage ${c.req.param('id')}: its text may have changed since the id was given; ask /retrieve again`,
      )
    }
    const { passage, citation, guide, previous, next } = view
    const { id, text, language, tokens, headingPath } = passage
    return c.json({ id, text, language, tokens, headingPath, guide, citation, previous, next })
  })
  return app
}

/** Throws `not_found` naming the languages that exist, `invalid_request` for a language that none is. */
function findGuide(library: Library, id: string, lang: string | undefined): Guide {
  const languages = library.languagesOf(id)
  if (languages.length === 0)
    throw new RetrievalError('not_found', `no guide "${id}": GET /guides lists them`)
  const wanted: Language | undefined = lang === undefined ? undefined : parseLanguage(lang)
  const guide = library.guide(id, wanted)
  if (!guide)
    throw new RetrievalError(
      'not_found',
      `guide "${id}" is not written in ${wanted} yet; it exists in ${languages.join(', ')}`,
    )
  return guide
}

function parseLanguage(lang: string): Language {
  const result = languageSchema.safeParse(lang)
  if (!result.success) {
    throw new RetrievalError('invalid_request', 'lang: en or es', { details: { field: 'lang' } })
  }
  return result.data
}

function toJson(library: Library, guide: Guide) {
  const { meta, text, sha256, sections } = guide
  return {
    ...library.link(meta),
    languages: library.languagesOf(meta.id),
    description: meta.description,
    cluster: meta.cluster,
    order: meta.order,
    updated: meta.updated,
    reviewBy: meta.reviewBy,
    stale: library.isStale(meta),
    sha256,
    text,
    sections: sections.map(({ anchor, headingPath, sourceIds }) => ({
      anchor,
      headingPath,
      sourceIds,
    })),
    sources: meta.sources.flatMap(({ id, usedFor }) => {
      const source = library.source(id)
      return source ? [{ ...source, usedFor }] : []
    }),
    quickScan: library.quickScan(guide),
    paths: library.paths(guide),
    printable: meta.printable,
  }
}
