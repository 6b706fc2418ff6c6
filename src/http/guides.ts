/** The routes of reading: guides in Markdown and JSON, quick scans, single passages. */
import { Hono } from 'hono'
import { accepts } from 'hono/accepts'
import { etag } from 'hono/etag'
import { RetrievalError } from '../core/errors.ts'
import type { Guide } from '../core/guide.ts'
import { type Language, languageSchema } from '../core/language.ts'
import type { Library } from '../core/library.ts'

export function createGuideRoutes(library: () => Library): Hono {
  const app = new Hono()
  app.use(etag())

  app.get('/guides', (c) => c.json({ guides: library().guides() }))

  app.get('/guides/:file', (c) => {
    const file = c.req.param('file')
    const [, id = file, extension] = /^(.*?)\.(md|json)$/.exec(file) ?? []
    const shelf = library()
    const guide = findGuide(shelf, id, c.req.query('lang'))
    c.header('content-language', guide.meta.language)
    c.header('vary', 'accept')
    const type =
      extension ??
      (accepts(c, {
        header: 'Accept',
        supports: ['text/markdown', 'application/json'],
        default: 'text/markdown',
      }) === 'application/json'
        ? 'json'
        : 'md')
    if (type === 'json') return c.json(toJson(shelf, guide))
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
