import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { parseSources } from '../../../src/engine/guides/corpus.ts'
import { PLACEHOLDER } from '../../../src/engine/guides/front-matter.ts'
import { parseGuide } from '../../../src/engine/guides/guide.ts'
import { type ImportedGuide, importGuide } from '../../../workshop/import/import.ts'

const PAGES = ['wordpress.html', 'semantic.html', 'table-layout.html', 'page.md'] as const
const pathOf = (page: string) => join('tests', 'fixtures', 'pages', page)

function imported(page: (typeof PAGES)[number], id?: string): ImportedGuide {
  const format = page.endsWith('.md') ? 'markdown' : 'html'
  return importGuide(readFileSync(pathOf(page), 'utf8'), { format, id })
}

const allOf = (draft: ImportedGuide) =>
  [draft.content, draft.sourceEntries, ...draft.notPlaced].join('\n')

/** What a person does with a draft: a value for every placeholder, and a fact where one is missing. */
function completed(yaml: string): string {
  const values: readonly (readonly [RegExp, string])[] = [
    [/^(cluster: )"TODO:.*"$/gm, '$1healthcare'],
    [/^(order: )"TODO:.*"$/gm, '$130'],
    [/((?:updated|reviewBy|lastVerified): )"TODO:.*"$/gm, '$12026-11-23'],
    [/(authority: )"TODO:.*"$/gm, '$1secondary'],
    [/- "TODO:.*"$/gm, '- Free'],
  ]
  return values.reduce((text, [pattern, value]) => text.replace(pattern, value), yaml)
}

describe('an imported page', () => {
  it.each(PAGES)(
    '%s leaves nothing hidden, no comment and nothing that stands around it',
    (page) => {
      expect(readFileSync(pathOf(page), 'utf8')).toContain('ignore previous instructions')
      expect(allOf(imported(page))).not.toMatch(/POISON|ignore previous/i)
    },
  )

  it.each(PAGES)('%s is refused by the build until its placeholders are written', async (page) => {
    const draft = imported(page)
    const file = { path: `corpus/${draft.language}/${draft.id}.md`, content: draft.content }
    await expect(parseGuide(file, new Map())).rejects.toThrow(
      /: cluster: placeholder "TODO: .*": write the value in its place/,
    )
    for (const field of draft.content.matchAll(/^(\w+): "?TODO:/gm))
      expect(draft.notPlaced.join('\n')).toContain(`${field[1]}: `)
  })

  it.each(PAGES)('%s becomes a guide that parses once a person has completed it', async (page) => {
    const draft = imported(page)
    const sources = parseSources({
      path: 'corpus/sources.yaml',
      content: completed(draft.sourceEntries),
    })
    const fact = /^ {4}- key[\s\S]*?(?=^ {4}- key)/m.exec(draft.content)?.[0] ?? ''
    const content = completed(draft.content).replace(
      page === 'wordpress.html' ? fact : '',
      page === 'wordpress.html' ? fact + fact.replace('.cost', '.fee') : '',
    )
    const bare = /\n(?:A module|Ask a friend|Zerowidth)[^\n]*/g
    const { guide } = await parseGuide(
      { path: 'corpus/en/x.md', content: content.replace(bare, '') },
      sources,
    )
    expect(guide.meta.quickScan.coreQuestions.length).toBeGreaterThanOrEqual(3)
    expect(guide.sections.length).toBeGreaterThan(1)
  })

  it('reads a page builder: quick scan in boxes, footnote numbers, links in brackets', () => {
    const { content, notPlaced, sourceEntries } = imported('wordpress.html', 'curp')
    expect(content).toContain('title: Getting a CURP as a Foreign Resident')
    expect(content).toContain('updated: 2026-10-03')
    expect(content).toContain('gets. It has 18 characters.[^tramite-curp]')
    expect(content).toContain('The CURP is **free** at every module.')
    expect(content).toContain('key: curp.phone')
    expect(content).toContain('quote: Call 800 911 1111 before you travel')
    expect(sourceEntries).toContain('publisher: RENAPO\n')
    expect(notPlaced).toContain('fact "Where: Any RENAPO module": not found in the body')
    expect(notPlaced.join('\n')).toMatch(/link to https:\/\/example\.com\/blog .*kept as a link/)
    expect(notPlaced.join('\n')).toMatch(/quickScan\.facts: 4 drafted, at least 5 needed/)
    expect(content).not.toMatch(/\p{Default_Ignorable_Code_Point}/u)
  })

  it('reads a semantic page: definition list, tables, an unpublished source', () => {
    const { content, language, sourceEntries } = imported('semantic.html')
    expect(language).toBe('es')
    expect(content).toContain('updated: 2026-09-14')
    expect(content).toContain('### ¿Cuánto cuesta?')
    expect(content).toContain('| En línea | CURP, NSS y correo[^alta-en-clinica-o-umf] |')
    expect(sourceEntries).toContain('url: null')
    expect(sourceEntries).toContain('lastVerified: 2026-09-10')
  })

  it('reads an old page: layout tables, big type, line breaks and bullets', () => {
    const { content, notPlaced } = imported('table-layout.html')
    expect(content).toContain('title: Your social security number')
    expect(content).toMatch(/^## Where to go and what to bring$/m)
    expect(content).toMatch(
      /^- Bring your CURP and an email address\[\^directory-of-subdelegations\]$/m,
    )
    expect(content).toMatch(/never changes\.\[\^assignment[\w-]*\]\n\nYou need it/)
    expect(notPlaced).toContain('fact "Mascot: an eagle": its label names no kind of fact')
  })

  it('reads Markdown: footnotes are sources, chips come from their label', () => {
    const { content } = imported('page.md')
    expect(content).toContain('  - In person\n  - Card expires')
    expect(content).toContain('value: 5,570 pesos\n      source: ley-federal-de-derechos')
  })

  it('keeps the id of a source that the corpus knows and asks for no entry', () => {
    const known = parseSources({
      path: 'corpus/sources.yaml',
      content:
        'sources:\n  - { id: inm, title: INM, publisher: INM, url: "http://gob.mx/inm/renovacion/", authority: official, seen: direct, lastVerified: 2026-11-23 }',
    })
    const text = readFileSync(pathOf('page.md'), 'utf8')
    const draft = importGuide(text, { format: 'markdown', known })
    expect(draft.content).toContain('before it ends.[^inm]')
    expect(draft.sourceEntries).not.toContain('renovacion')
  })

  it('keeps a quick scan in a side box and sources in the footer, and drops the boxes beside them', () => {
    const words = 'The counter issues the number on the same day to whoever brings a passport. '
    const page = `<html lang="en"><body><nav><a href="/">Home DROPPED</a></nav>
      <main><h1>The number</h1><h2>At the counter</h2><p class="intro">${words.repeat(6)}</p></main>
      <aside class="sidebar"><div class="widget"><h3>Quick scan</h3><ul><li>Best for: newcomers</li>
        <li>Official bodies: IMSS</li></ul></div></aside>
      <aside class="sidebar"><p>Ten beaches DROPPED</p></aside>
      <div class="newsletter-signup"><p>Subscribe to our letter DROPPED</p></div>
      <footer><h2>Sources</h2><ul><li><a href="https://imss.gob.mx/a">Number</a>, used for: day</li></ul>
        <div class="social-share">Share DROPPED</div></footer></body></html>`
    const draft = importGuide(page, { format: 'html' })
    expect(draft.content).toContain('bestFor: newcomers')
    expect(draft.content).toContain('usedFor: day')
    expect(draft.content).toContain('The counter issues the number')
    expect(allOf(draft)).not.toContain('DROPPED')
    expect(draft.notPlaced).toContain('left out: aside (1)')
  })

  it('says so when a reader would see nothing', () => {
    expect(() => importGuide('<p hidden>x</p><script>y</script>', { format: 'html' })).toThrow(
      /no visible text/,
    )
  })
})

const HIDING_STYLES = [
  'display:none | DISPLAY : NONE !important | visibility:hidden | opacity:0 | opacity: 0.01',
  'font-size:0 | font-size:1px | font:0/0 a | position:absolute;left:-9999px',
  'position:fixed;top:-200vh | text-indent:-5000px | color:#fff | color:transparent',
  'background:#123456;color:#123456 | color:rgba(0,0,0,0) | height:0;overflow:hidden',
  'max-height:0;overflow:hidden | width:1px;height:1px;overflow:hidden;position:absolute',
  'clip-path:inset(50%) | position:absolute;clip:rect(0,0,0,0) | transform:scale(0)',
  'transform:translateX(-9999px) | display:none;display:bogus | display:n\\6fne',
  'display:var(--x,none) | opacity:calc(0) | color:hsl(0,0%,100%)',
  '-webkit-text-fill-color:transparent',
].flatMap((line) => line.split(' | '))

/** Ways to hide a text from a reader, as pages use and abuse them. */
const HIDINGS: readonly ((text: string) => string)[] = [
  (text) => `<!-- ${text} -->`,
  (text) => `<script>${text}</script>`,
  (text) => `<template>${text}</template>`,
  (text) => `<img src="a.png" alt="${text}" title="${text}">`,
  (text) => `<input value="${text}" placeholder="${text}">`,
  ...[
    'hidden',
    'hidden="until-found"',
    'aria-hidden="true"',
    'class="a sr-only b"',
    'class="visually-hidden"',
    'class="screen-reader-text"',
    'class="hide-a"',
    'class="x hide-b"',
    'id="hide-c"',
    'class="deep"',
    'popover',
    ...HIDING_STYLES.map((style) => `style="${style}"`),
  ].map((attribute) => (text: string) => `<span ${attribute}>${text} <b>${text}</b></span>`),
]
const STYLE =
  '<style>.hide-a{display:none} body .hide-b, #hide-c{visibility:hidden} @media screen{body{.deep{opacity:0}}}</style>'
const SHELLS: readonly ((inner: string) => string)[] = [
  (inner) => `<p>${inner}</p>`,
  (inner) => `<div><p><em>${inner}</em></p></div>`,
  (inner) => `<ul><li>${inner}</li><li>more</li></ul>`,
  (inner) => `<table><tr><th>a</th><th>b</th></tr><tr><td>${inner}</td><td>c</td></tr></table>`,
  (inner) => `<h2>${inner}</h2><p>below</p>`,
  (inner) => `<dl><dt>Best for</dt><dd>${inner}</dd><dt>Official bodies</dt><dd>IMSS</dd></dl>`,
  (inner) =>
    `<h2>Sources</h2><ul><li><a href="https://a.mx/">${inner}</a> used for: ${inner}</li></ul>`,
  (inner) => `<h1>${inner}</h1>`,
]

describe('hidden text', () => {
  const piece = fc.record({
    shell: fc.nat(SHELLS.length - 1),
    hiding: fc.nat(HIDINGS.length - 1),
    within: fc.constantFrom('', 'b', 'em', 'span', 'font'),
    first: fc.boolean(),
  })
  it.each(['html', 'markdown'] as const)('never survives, and shown text does (%s)', (format) => {
    fc.assert(
      fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
        const body = pieces.map(({ shell, hiding, within, first }, i) => {
          const secret = HIDINGS[hiding]?.(`SECRET${hiding}`) ?? ''
          const nested = within === '' ? secret : `<${within}>${secret}</${within}>`
          return SHELLS[shell]?.(first ? `${nested} shown${i}` : `shown${i} ${nested}`)
        })
        const page = `${STYLE}<p>Lead text.</p>${body.join('\n')}`
        const content = format === 'html' ? `<body>${page}</body>` : page
        const draft = importGuide(content, { format, language: 'en' })
        expect(allOf(draft)).not.toContain('SECRET')
        for (const i of pieces.keys()) expect(allOf(draft)).toContain(`shown${i}`)
      }),
      { numRuns: 200, seed: 4 },
    )
  })
})

describe('npm run corpus:import', () => {
  const out = mkdtempSync(join(tmpdir(), 'corpus-import-'))
  afterAll(() => rmSync(out, { recursive: true }))
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', 'scripts/corpus-import.ts', ...args], {
      encoding: 'utf8',
    })

  it('writes a draft, prints the sources it needs, lists the rest, and overwrites nothing', () => {
    const args = [pathOf('page.md'), '--id', 'card', '--out', out]
    const first = run(...args)
    expect(first.status).toBe(0)
    expect(first.stdout).toContain('id: ley-federal-de-derechos')
    expect(first.stderr).toContain('- cluster: not on the page')
    const written = readFileSync(join(out, 'card.md'), 'utf8')
    expect(written).toContain(PLACEHOLDER)
    const second = run(...args)
    expect(second.status).toBe(1)
    expect(second.stderr).toMatch(
      /card\.md already exists and is not overwritten: give another --id or --out/,
    )
    expect(readFileSync(join(out, 'card.md'), 'utf8')).toBe(written)
  })

  it('names what is wrong with its arguments', () => {
    expect(run('page.pdf').stderr).toContain('give one saved page, .html or .md')
    expect(run(pathOf('page.md'), '--language', 'fr').stderr).toContain('give en or es')
    expect(run('nowhere.html').stderr).toContain('nowhere.html cannot be read')
  })
})
