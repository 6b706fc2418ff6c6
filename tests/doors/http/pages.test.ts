import { select, selectAll } from 'hast-util-select'
import { toString as textOf } from 'hast-util-to-string'
import rehypeParse from 'rehype-parse'
import { unified } from 'unified'
import { describe, expect, it } from 'vitest'
import { createFragmentFinder } from '../../../src/engine/core/fragment-search.ts'
import { renderer } from '../../fixtures/renderer.ts'
import { sampleApp } from './sample-app.ts'

const BROWSER = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }
const parse = (text: string) => unified().use(rehypeParse).parse(text)
type Tree = ReturnType<typeof parse>

async function openPages() {
  const app = await sampleApp()
  const open = async (path: string, headers: Record<string, string> = {}) => {
    const response = await app.request(path, { headers: { ...BROWSER, ...headers } })
    const text = await response.text()
    return { response, text, tree: parse(text) }
  }
  return { ...app, open }
}

const find = (tree: Tree, selector: string) => {
  const found = select(selector, tree)
  if (!found) throw new Error(`nothing matches ${selector}`)
  return found
}
const texts = (tree: Tree, selector: string) =>
  selectAll(selector, tree).map((element) => textOf(element).trim())

describe('every page', () => {
  const PAGES = [
    ['/', 'en'],
    ['/?lang=es', 'es'],
    ['/guides', 'en'],
    ['/guides?lang=es', 'es'],
    ['/guides/licence?lang=en', 'en'],
    ['/guides/licence?lang=es', 'es'],
    ['/guides/hive', 'en'],
    ['/ask?q=apply+for+the+licence&lang=en', 'en'],
    ['/ask?q=zzz&lang=es', 'es'],
  ] as const

  it.each(PAGES)(
    '%s has its language, one main heading, no script, nothing from elsewhere',
    async (path, language) => {
      const { open } = await openPages()
      const { response, tree, text } = await open(path)
      expect(response.status).toBe(200)
      expect(response.headers.get('content-type')).toMatch(/^text\/html/i)
      expect(response.headers.get('content-language')).toBe(language)
      const policy = response.headers.get('content-security-policy') ?? ''
      expect(policy).toContain("default-src 'none'")
      expect(policy).not.toMatch(/unsafe|script-src/)
      expect(find(tree, 'html').properties.lang).toBe(language)
      expect(selectAll('h1', tree)).toHaveLength(1)
      expect(selectAll('script:not([type="application/ld+json"])', tree)).toEqual([])
      expect(selectAll('[style], style, iframe, img', tree)).toEqual([])
      expect(selectAll('link[rel~="stylesheet"], link[rel~="icon"]', tree)).toHaveLength(2)
      for (const link of selectAll('link[rel~="stylesheet"], link[rel~="icon"]', tree)) {
        const address = new URL(String(link.properties.href), `https://guides.example${path}`)
        expect(address.origin).toBe('https://guides.example')
        expect((await open(address.pathname)).response.status).toBe(200)
      }
      expect(find(tree, 'meta[name=description]').properties.content).not.toBe('')
      const ids = selectAll('[id]', tree).map((element) => element.properties.id)
      expect(new Set(ids).size).toBe(ids.length)
      expect(text).not.toMatch(/undefined|\[object |NaN|null</)
    },
  )

  it.each(PAGES)('%s links only to what is there', async (path) => {
    const { open } = await openPages()
    const { tree } = await open(path)
    const base = `https://guides.example${path}`
    for (const link of selectAll('a[href]', tree)) {
      const url = new URL(String(link.properties.href), base)
      if (url.origin !== 'https://guides.example') continue
      const { response, tree: target } = await open(url.pathname + url.search)
      expect([url.href, response.status]).toEqual([url.href, 200])
      const anchor = url.hash.slice(1).split(':~:')[0] ?? ''
      if (anchor !== '')
        expect([url.href, select(`[id="${anchor}"]`, target)]).not.toContain(undefined)
    }
  })
})

describe('the page of a guide', () => {
  it('carries the anchors that citations name, and the words of every fragment first where they are cited', async () => {
    const { open, library, content } = await openPages()
    for (const passage of content.passages) {
      const { tree } = await open(`/guides/${passage.guideId}?lang=${passage.language}`)
      const anchor = passage.anchor
      expect(find(tree, `[id="${anchor}"]`).tagName).toMatch(/^h[1-6]$/)
      const blocks = selectAll('h1, h2, h3, p, li, dt, dd, td, th, small', find(tree, 'main'))
        .filter((element) => selectAll('p, li, dt, dd, td, th', element).length < 2)
        .map((element) => textOf(element).replace(/\s+/g, ' ').trim())
        .filter((text) => text !== '')
      const found = createFragmentFinder(blocks).find(passage.fragment)
      const at = blocks[found?.from.block ?? -1] ?? ''
      const expected = (library.guide(passage.guideId, passage.language)?.text ?? '')
        .slice(passage.start, passage.end)
        .replace(/^[-|\s]+/, '')
        .split(' |')[0]
      expect([passage.id, at.slice(found?.from.at).slice(0, 12)]).toEqual([
        passage.id,
        expected?.slice(0, 12),
      ])
    }
  })

  it('shows the quick scan, each value leading to its sentence', async () => {
    const { open, library } = await openPages()
    const { tree } = await open('/guides/licence?lang=en')
    const guide = library.guide('licence', 'en')
    const facts = guide ? library.quickScan(guide).facts : []
    const links = selectAll('.facts dd > a', tree)
    expect(links.map(textOf)).toEqual(facts.map((fact) => fact.value))
    const sentences = facts.map(({ citation }) =>
      citation.textFragmentUrl.slice(citation.textFragmentUrl.indexOf('#')),
    )
    expect(links.map((link) => link.properties.href)).toEqual(
      facts.map(({ kind }, i) => (kind === 'phone' ? 'tel:+528005550000' : sentences[i])),
    )
    // A phone number is called; the sentence that it comes from has a link of its own.
    expect(
      selectAll('.facts .phone small a', tree).map(({ properties }) => properties.href),
    ).toEqual(sentences.filter((_, i) => facts[i]?.kind === 'phone'))
    expect(texts(tree, '.chips li')).toEqual(['Online', 'In person', 'Updated November 2026'])
    expect(texts(tree, '.fix a')).toEqual(['Hive registration'])
  })

  it('numbers its sources and links each block to the ones it rests on', async () => {
    const { open, library } = await openPages()
    const { tree } = await open('/guides/licence?lang=en')
    const declared = library.guide('licence', 'en')?.meta.sources ?? []
    expect(selectAll('.sources li', tree).map((item) => item.properties.id)).toEqual(
      declared.map(({ id }) => `source:${id}`),
    )
    for (const [i, { usedFor }] of declared.entries())
      expect(texts(tree, '.sources li')[i]).toContain(usedFor)
    const marks = selectAll('.text .marks a', tree)
    expect(marks.length).toBeGreaterThan(5)
    for (const mark of marks) {
      const id = String(mark.properties.href).slice('#source:'.length)
      expect(Number(mark.properties.dataN)).toBe(declared.findIndex((entry) => entry.id === id) + 1)
      expect(textOf(mark)).toBe('')
      expect(String(mark.properties.ariaLabel)).not.toBe('')
    }
  })

  it('names itself and its translation for search engines', async () => {
    const { open } = await openPages()
    const { tree } = await open('/guides/licence?lang=es')
    expect(find(tree, 'link[rel~="canonical"]').properties.href).toBe(
      'https://guides.example/guides/licence?lang=es',
    )
    const alternates = selectAll('link[hreflang]', tree).map((link) => link.properties.href)
    expect(alternates).toEqual([
      'https://guides.example/guides/licence?lang=en',
      'https://guides.example/guides/licence?lang=es',
    ])
    const data = JSON.parse(textOf(find(tree, 'script')))
    expect(data).toMatchObject({ '@type': 'WebPage', dateModified: '2026-11-01', inLanguage: 'es' })
  })

  it('answers 304 to who has it', async () => {
    const { open } = await openPages()
    const etag = (await open('/guides/hive')).response.headers.get('etag') ?? ''
    expect((await open('/guides/hive', { 'if-none-match': etag })).response.status).toBe(304)
  })

  it('gives HEAD the headers of GET, without a body', async () => {
    const { request } = await sampleApp()
    const get = await request('/guides/hive', { headers: { accept: 'text/html' } })
    const head = await request('/guides/hive', { method: 'HEAD', headers: { accept: 'text/html' } })
    expect(head.status).toBe(200)
    expect(await head.text()).toBe('')
    for (const name of ['etag', 'content-type', 'content-language', 'vary'])
      expect([name, head.headers.get(name)]).toEqual([name, get.headers.get(name)])
    expect(head.headers.get('etag')).toMatch(/^(W\/)?"/)
  })

  it('is made once a day, not at each request', async () => {
    let made = 0
    const counting = await renderer()
    const { request } = await sampleApp({
      renderer: async () => ({
        ...counting,
        guide: (...asked) => {
          made++
          return counting.guide(...asked)
        },
      }),
    })
    for (let i = 0; i < 3; i++) {
      const response = await request('/guides/hive', { headers: { accept: 'text/html' } })
      expect(response.status).toBe(200)
    }
    expect(made).toBe(1)
  })
})

describe('the answer page', () => {
  it('shows each passage with its place in the guide and its sources', async () => {
    const { open } = await openPages()
    const { tree } = await open('/ask?q=apply+for+the+beekeeping+licence+online&lang=en')
    expect(texts(tree, '.passages blockquote')[0]).toContain(
      'Apply for the beekeeping licence online',
    )
    expect(String(find(tree, '.passages .read').properties.href)).toMatch(
      /^guides\/licence\?lang=en#apply:~:text=/,
    )
    expect(texts(tree, '.passages details li')[0]).toContain('Number office')
    for (const shown of selectAll('.passages summary', tree))
      expect(textOf(shown)).toMatch(/Last checked: \d+ \w+ \d{4}/)
    expect(selectAll('.scan', tree)).toHaveLength(1)
    expect(selectAll('.paths li', tree).length).toBeGreaterThan(0)
  })

  it('puts the passages first, then the quick scan, then the form to ask again', async () => {
    const { open } = await openPages()
    const { tree } = await open('/ask?q=apply+for+the+beekeeping+licence+online&lang=en')
    const order = selectAll('main .passages, main .scan, main form', tree)
    expect(order.map(({ tagName }) => tagName)).toEqual(['ol', 'details', 'form'])
  })

  it('says that the guides do not hold an answer, and shows no passage', async () => {
    const { open } = await openPages()
    const { tree } = await open('/ask?q=quantum+chromodynamics&lang=en')
    expect(texts(tree, '.verdict h2')).toEqual(['This is not in the guides.'])
    expect(selectAll('.passages li', tree)).toEqual([])
  })

  it('answers in the page’s language what is a word of neither', async () => {
    const { open } = await openPages()
    for (const language of ['en', 'es']) {
      const { tree } = await open(`/ask?q=apostille+apostilla&lang=${language}`)
      const shown = selectAll('.passages blockquote', tree).map(({ properties }) => properties.lang)
      expect(shown.length).toBeGreaterThan(0)
      expect(new Set(shown)).toEqual(new Set([language]))
    }
  })

  it('escapes the question', async () => {
    const { open } = await openPages()
    const nasty = '"><script>alert(1)</script>'
    const { tree, text } = await open(`/ask?lang=en&q=${encodeURIComponent(nasty)}`)
    expect(text).not.toContain('<script>alert')
    expect(texts(tree, 'h1')).toEqual([nasty])
    expect(find(tree, 'input[type=search]').properties.value).toBe(nasty)
  })

  it('goes back to the first page without a question, and refuses one that is too long', async () => {
    const { open } = await openPages()
    const empty = (await open('/ask?q=%20&lang=es')).response
    expect([empty.status, empty.headers.get('location')]).toEqual([302, './?lang=es'])
    expect((await open(`/ask?q=${'x'.repeat(1001)}`)).response.status).toBe(400)
  })
})

describe('the language of a page', () => {
  it('is the one asked for, else what the browser prefers', async () => {
    const { open } = await openPages()
    const languageOf = async (path: string, preferred: string) =>
      find((await open(path, { 'accept-language': preferred })).tree, 'html').properties.lang
    expect(await languageOf('/', 'es-MX,es;q=0.9,en;q=0.8')).toBe('es')
    expect(await languageOf('/', 'de, en;q=0.5')).toBe('en')
    expect(await languageOf('/guides?lang=en', 'es')).toBe('en')
    expect((await open('/?lang=fr')).response.status).toBe(400)
  })
})

describe('a fault', () => {
  it('is a page for browsers and a problem for programs, with the same status', async () => {
    const { open, request } = await openPages()
    const { response, tree } = await open('/guides/a/b?lang=es')
    expect(response.status).toBe(404)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    expect(find(tree, 'html').properties.lang).toBe('es')
    expect(find(tree, 'link[rel~="stylesheet"]').properties.href).toBe('../../assets/site.css')
    const english = await open('/guides/a/b?lang=en', { 'accept-language': 'es' })
    expect(find(english.tree, 'html').properties.lang).toBe('en')
    const problem = await request('/guides/a/b')
    expect([problem.status, problem.headers.get('content-type')]).toEqual([
      404,
      'application/problem+json; charset=utf-8',
    ])
  })
})

describe('texts for machines', () => {
  it('/llms.txt links the Markdown of every guide in each language', async () => {
    const { request, library } = await openPages()
    const text = await (await request('/llms.txt')).text()
    expect(text).toMatch(/^# nss-copilot\n\n> .+\n\n/)
    expect(text).toContain('\n## Optional\n')
    const links = [...text.matchAll(/^- \[.+?\]\((\S+?)\): .+$/gm)].map((match) => match[1] ?? '')
    const guides = links.filter((link) => link.includes('.md?'))
    expect(guides).toHaveLength(library.guides().length)
    for (const link of links) expect((await request(link)).status).toBe(200)
  })

  it('/llms-full.txt holds every canonical text with address, date and sources', async () => {
    const { request, library } = await openPages()
    const text = await (await request('/llms-full.txt')).text()
    for (const { id, language, url } of library.guides()) {
      expect(text).toContain(library.guide(id, language)?.text)
      expect(text).toContain(`URL: ${url}\nLanguage: ${language}\nUpdated: 2026-11-01`)
    }
    expect(text).toContain('Number office (Office; official')
  })

  it('/robots.txt and /sitemap.xml name every guide', async () => {
    const { request, library } = await openPages()
    expect(await (await request('/robots.txt')).text()).toContain('/sitemap.xml')
    const map = await (await request('/sitemap.xml')).text()
    for (const { url } of library.guides()) expect(map).toContain(`<loc>${url}</loc>`)
  })
})
