/** Handlers that serve guides (as pages, Markdown and JSON), quick scans and single passages. */
import { RetrievalError } from '../../engine/core/errors.ts'
import type { Guide } from '../../engine/core/guide.ts'
import type { GuideDocument, GuideList, PassageDocument } from '../../engine/core/guide-document.ts'
import type { LoadGuideRenderer } from '../../engine/core/guide-renderer.ts'
import { LANGUAGES, type Language, languageSchema } from '../../engine/core/language.ts'
import type { Library } from '../../engine/core/library.ts'
import type { QuickScan } from '../../engine/core/quick-scan.ts'
import { guidePage } from './pages/guide-page.ts'
import { guidesPage } from './pages/home.ts'
import { pageLanguage, preferredType, wantsPage } from './pages/negotiate.ts'
import type { RouteHandler } from './route.ts'

/** Media types by extension after a guide's id, and the types that `Accept` can choose from. */
const FORMATS: Readonly<Record<string, string>> = {
  html: 'text/html',
  md: 'text/markdown',
  json: 'application/json',
}

export type GuideDeps = {
  /** Throws while the service is not ready. */
  readonly library: () => Library
  readonly renderer: LoadGuideRenderer
}

export function createGuideHandlers({ library, renderer }: GuideDeps) {
  const pageOf = createPageCache(renderer)

  const list: RouteHandler = (c) => {
    c.header('vary', 'Accept, Accept-Language')
    if (!wantsPage(c)) return c.json({ guides: library().guides() } satisfies GuideList)
    const language = pageLanguage(c)
    c.header('content-language', language)
    return c.html(guidesPage(library(), language))
  }
  const listAsData: RouteHandler = (c) => c.json({ guides: library().guides() } satisfies GuideList)

  const guide: RouteHandler = async (c) => {
    const file = c.req.param('file') ?? ''
    const [, id = file, extension] = /^(.*?)\.(md|json|html)$/.exec(file) ?? []
    const from = library()
    const found = findGuide(from, id, c.req.query('lang'))
    c.header('content-language', found.meta.language)
    c.header('vary', 'Accept')
    const type = extension
      ? FORMATS[extension]
      : preferredType(c, Object.values(FORMATS), 'text/html')
    if (type === 'application/json') return c.json(toGuideDocument(from, found))
    if (type === 'text/html') return c.html(await pageOf(from, found))
    return c.body(found.text, 200, { 'content-type': 'text/markdown; charset=utf-8' })
  }

  const quickScan: RouteHandler = (c) => {
    const from = library()
    return c.json(from.quickScan(findGuide(from, c.req.param('id') ?? '', c.req.query('lang'))))
  }

  const passage: RouteHandler = (c) => {
    const id = c.req.param('id') ?? ''
    const found = toPassageDocument(library(), id)
    if (found) return c.json(found)
    throw new RetrievalError(
      'not_found',
      `there is no passage ${id}: the id changes when the text does, so ask /retrieve again`,
    )
  }

  return { list, listAsData, guide, quickScan, passage }
}

/** Renders each guide page once and keeps it as long as its content stays the same. */
function createPageCache(renderer: LoadGuideRenderer) {
  // The library creates new quick scans every day, because a guide may have become stale. Keying by the quick scan makes
  // the page expire with it.
  const pages = new WeakMap<QuickScan, string>()
  return async (library: Library, guide: Guide): Promise<string> => {
    const scan = library.quickScan(guide)
    const known = pages.get(scan)
    if (known !== undefined) return known
    const text = (await guidePage(library, guide, await renderer())).toString()
    pages.set(scan, text)
    return text
  }
}

/** Throws `not_found`, naming the languages in which the guide exists, or `invalid_request` for an unknown language. */
function findGuide(library: Library, id: string, lang: string | undefined): Guide {
  const languages = library.languagesOf(id)
  if (languages.length === 0)
    throw new RetrievalError('not_found', `there is no guide "${id}": GET /guides lists all guides`)
  const wanted = lang === undefined ? undefined : parseLanguage(lang)
  const guide = library.guide(id, wanted)
  if (!guide)
    throw new RetrievalError(
      'not_found',
      `guide "${id}" does not exist in ${wanted}, only in ${languages.join(', ')}`,
    )
  return guide
}

function parseLanguage(lang: string): Language {
  const result = languageSchema.safeParse(lang)
  if (result.success) return result.data
  throw new RetrievalError('invalid_request', `lang: must be ${LANGUAGES.join(' or ')}`, {
    details: { field: 'lang' },
  })
}

function toGuideDocument(library: Library, guide: Guide): GuideDocument {
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
      headingPath: [...headingPath],
      sourceIds: [...sourceIds],
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

function toPassageDocument(library: Library, passageId: string): PassageDocument | undefined {
  const view = library.passage(passageId)
  if (!view) return undefined
  const { passage, citation, guide, previous, next } = view
  const { id, text, language, tokens, headingPath } = passage
  return {
    id,
    text,
    language,
    tokens,
    headingPath: [...headingPath],
    guide,
    citation,
    previous,
    next,
  }
}
