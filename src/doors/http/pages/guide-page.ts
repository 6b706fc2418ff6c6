/** A guide as a page: quick scan, contents, text, sources, paths. */
import { html, raw } from 'hono/html'
import type { FrontMatter, Guide } from '../../../engine/core/guide.ts'
import { type GuideRenderer, sourceAnchor } from '../../../engine/core/guide-renderer.ts'
import { LANGUAGES, type Language } from '../../../engine/core/language.ts'
import type { Library } from '../../../engine/core/library.ts'
import type { Source } from '../../../engine/core/source.ts'
import type { PageLabels } from '../../../engine/languages/profile.ts'
import { labelsOf, longDate, monthOf } from './labels.ts'
import { chips, dateMark, type Html, page } from './layout.ts'
import { type GuideHref, pathsBlock } from './paths.ts'
import { quickScanBlock } from './quick-scan.ts'
import { exitText, oldestCheck } from './source-check.ts'

type UsedSource = { readonly source: Source; readonly usedFor: string; readonly number: number }

export function guidePage(library: Library, guide: Guide, renderer: GuideRenderer): Html {
  const { meta } = guide
  const { language } = meta
  const labels = labelsOf(language)
  const sources = usedSources(library, guide)
  const byId = new Map(sources.map((used) => [used.source.id, used]))
  const guideHref: GuideHref = (id, other) => `${id}?lang=${other}`
  const body = renderer.guide(guide, {
    mark(id) {
      const used = byId.get(id)
      if (!used) return undefined
      const { number, source } = used
      return { number, label: `${labels.source} ${number}: ${source.title} (${source.publisher})` }
    },
    exit(ids) {
      const checked = oldestCheck(ids.flatMap((id) => byId.get(id)?.source ?? []))
      return exitText(checked, language)
    },
  })
  const checked = oldestCheck(sources.map(({ source }) => source))
  const answers = new Map(
    meta.quickScan.coreQuestions.flatMap(({ question, answer }) =>
      answer === undefined ? [] : [[question, answer] as const],
    ),
  )
  const main = html`<article lang="${language}">
<header class="title">
<h1 id="top">${meta.title}</h1>
${chips(chipsOf(meta))}
${meta.printable && html`<p class="print-hint">${labels.printHint}</p>`}
${library.languagesOf(meta.id).length < LANGUAGES.length && html`<p class="only-in">${labels.onlyIn}</p>`}
${library.isStale(meta) && html`<p class="notice" role="note">${labels.staleNotice(longDate(meta.reviewBy, language))}</p>`}
</header>
${quickScanBlock(library.quickScan(guide), '', guideHref, answers)}
${contents(guide, labels)}
<div class="text">
${raw(body)}
</div>
${companion(meta, labels)}
${pathsBlock(library.paths(guide), language, guideHref)}
<p class="dates">${labels.updated} ${dateMark(meta.updated, language)}${checked && html` · ${labels.checked} ${dateMark(checked, language)}`}<span class="formats"> · <a href="${meta.id}.md?lang=${language}" type="text/markdown">${labels.asMarkdown}</a> · <a href="${meta.id}.json?lang=${language}" type="application/json">${labels.asJson}</a></span></p>
${sourceList(sources, labels, language)}
</article>`
  return page(frameOf(library, guide), main)
}

/** The guide's own chips, with the month of its last update where none of them says it. */
function chipsOf({ chips: own, updated, language }: FrontMatter): string[] {
  const month = `${labelsOf(language).updatedIn} ${monthOf(updated, language)}`
  return own.includes(month) ? own : [...own, month]
}

/** What goes with the guide; as long as nobody offers anything, where the guide belongs in the order of things. */
function companion({ companion: offer, sequence }: FrontMatter, labels: PageLabels): Html {
  if (offer)
    return html`<aside class="companion"><p><b>${labels.commercial}</b> · ${labels.companion}: <a href="${offer.url}" rel="sponsored nofollow">${offer.title}</a></p></aside>`
  if (sequence)
    return html`<aside class="companion"><p><b>${labels.sequence}</b>: ${sequence}</p></aside>`
  return html``
}

function frameOf(library: Library, guide: Guide) {
  const { meta } = guide
  const { language } = meta
  const labels = labelsOf(language)
  const languages = library.languagesOf(meta.id)
  const url = library.link(meta).url
  const inLanguages = (address: (language: Language) => string) =>
    Object.fromEntries(languages.map((other) => [other, address(other)]))
  const trail = [
    { name: labels.home, href: `../?lang=${language}` },
    { name: labels.guides, href: `../guides?lang=${language}` },
    { name: meta.title },
  ]
  return {
    language,
    title: meta.title,
    description: meta.description,
    root: '../',
    switchTo: inLanguages((other) => `${meta.id}?lang=${other}`),
    canonical: url,
    alternates: inLanguages((other) => `${library.baseUrl}/guides/${meta.id}?lang=${other}`),
    alternateFormats: [
      { type: 'text/markdown', href: `${meta.id}.md?lang=${language}` },
      { type: 'application/json', href: `${meta.id}.json?lang=${language}` },
    ],
    trail,
    bodyClass: meta.printable ? 'guide one-page' : 'guide',
    data: {
      '@context': 'https://schema.org',
      '@type': 'WebPage',
      name: meta.title,
      description: meta.description,
      url,
      inLanguage: language,
      dateModified: meta.updated,
      license: 'https://creativecommons.org/licenses/by/4.0/',
      breadcrumb: {
        '@type': 'BreadcrumbList',
        itemListElement: [
          { name: labels.home, item: `${library.baseUrl}/?lang=${language}` },
          { name: labels.guides, item: `${library.baseUrl}/guides?lang=${language}` },
          { name: meta.title, item: url },
        ].map((step, i) => ({ '@type': 'ListItem', position: i + 1, ...step })),
      },
    },
  }
}

/** The sources in the front matter, with the numbers that the marks in the text show. */
function usedSources(library: Library, { meta }: Guide): UsedSource[] {
  return meta.sources.flatMap(({ id, usedFor }, i) => {
    const source = library.source(id)
    return source ? [{ source, usedFor, number: i + 1 }] : []
  })
}

/** Table of contents: main headings only, since subheadings are close to them. */
function contents({ sections }: Guide, labels: PageLabels): Html {
  const main = sections.filter((section) => section.headingPath.length === 1)
  if (main.length < 2) return html``
  return html`<details class="contents"><summary>${labels.onThisPage}</summary>
<nav aria-label="${labels.onThisPage}"><ul>${main.map(
    ({ anchor, headingPath }) => html`<li><a href="#${anchor}">${headingPath[0]}</a></li>`,
  )}<li><a href="#page:sources">${labels.sources}</a></li></ul></nav></details>`
}

function sourceList(sources: readonly UsedSource[], labels: PageLabels, language: Language): Html {
  return html`<details class="sources">
<summary><h2 id="page:sources">${labels.sources} (${sources.length})</h2></summary>
<p class="hint">${labels.sourcesHint}</p>
<ol>${sources.map(
    ({ source, usedFor, number }) => html`<li id="${sourceAnchor(source.id)}" value="${number}">
<p>${source.url === null ? html`<b>${source.title}</b> (${labels.unpublished})` : html`<a href="${source.url}" rel="external">${source.title}</a>`} <span class="badge ${source.authority}">${labels.authority[source.authority]}</span></p>
<p class="meta">${source.publisher} · ${labels.seen[source.seen]} · ${labels.lastVerified}: ${dateMark(source.lastVerified, language)}${source.printed && html` · ${labels.printed}: ${source.printed}`}</p>
<p class="meta">${labels.usedFor}: ${usedFor}</p></li>`,
  )}</ol>
</details>`
}
