/** The first page and the list of guides. */
import { html } from 'hono/html'
import type { GuideSummary } from '../../../engine/core/guide-document.ts'
import { LANGUAGES, type Language } from '../../../engine/core/language.ts'
import type { Library } from '../../../engine/core/library.ts'
import type { PageLabels } from '../../../engine/languages/profile.ts'
import { labelsOf, languageName } from './labels.ts'
import { dateMark, type Html, page } from './layout.ts'
import { oldestCheck } from './source-check.ts'

/** How many of the questions that guides answer are offered on the first page. */
const OFFERED_QUESTIONS = 6
const FIRST_GUIDES = 3

const both = (address: (language: Language) => string) =>
  Object.fromEntries(LANGUAGES.map((language) => [language, address(language)]))

/** One guide per topic: in the reader's language if it is written in it. */
function topicsIn(library: Library, language: Language): GuideSummary[] {
  return library
    .guides()
    .filter((guide) => guide.language === language || !guide.languages.includes(language))
}

export function askForm(labels: PageLabels, language: Language, root: string, question = ''): Html {
  return html`<form class="ask" action="${root}ask" method="get" role="search">
<input type="hidden" name="lang" value="${language}">
<label for="page:q">${labels.askLabel}</label>
<div><input id="page:q" name="q" type="search" required maxlength="1000" autocomplete="off" value="${question}" aria-describedby="page:note"><button type="submit">${labels.ask}</button></div>
<p class="hint" id="page:note">${question === '' && html`${labels.askHint} `}${labels.askNote}</p>
</form>`
}

export function homePage(library: Library, language: Language): Html {
  const labels = labelsOf(language)
  const guides = topicsIn(library, language)
  const questions = guides
    .filter((guide) => guide.language === language)
    .flatMap(({ id }) => {
      const guide = library.guide(id, language)
      return guide?.meta.quickScan.coreQuestions.slice(0, 1).map(({ question }) => question) ?? []
    })
  const main = html`<div class="home">
<h1>${labels.homeTitle}</h1>
<p class="lead">${labels.homeLead}</p>
${askForm(labels, language, './')}
<section aria-labelledby="page:try"><h2 id="page:try">${labels.tryThese}</h2>
<ul class="questions">${questions
    .slice(0, OFFERED_QUESTIONS)
    .map(
      (question) =>
        html`<li><a href="ask?${new URLSearchParams({ lang: language, q: question }).toString()}">${question}</a></li>`,
    )}</ul></section>
<section aria-labelledby="page:start"><h2 id="page:start">${labels.startHere}</h2>
<ul class="cards">${guides.slice(0, FIRST_GUIDES).map((guide) => card(library, guide, language, './'))}</ul>
<p><a href="guides?lang=${language}">${labels.allGuides}</a></p></section>
<section aria-labelledby="page:machines"><h2 id="page:machines">${labels.forMachines}</h2>
<p>${labels.forMachinesText}</p>
<ul class="links">
<li><a href="retrieve?q=NSS&amp;limit=3">${labels.linkRetrieve}</a></li>
<li><a href="docs">${labels.linkDocs}</a></li>
<li><a href="guides.json">${labels.linkList}</a></li>
<li><a href="llms.txt">${labels.linkLlms}</a></li>
<li><a href="llms-full.txt">${labels.linkLlmsFull}</a></li>
</ul></section>
</div>`
  return page(
    {
      language,
      title: labels.tagline,
      description: labels.homeLead.split(/(?<=[.:]) /)[0] ?? '',
      root: './',
      switchTo: both((other) => `./?lang=${other}`),
      canonical: `${library.baseUrl}/?lang=${language}`,
      alternates: both((other) => `${library.baseUrl}/?lang=${other}`),
      data: {
        '@context': 'https://schema.org',
        '@type': 'WebSite',
        name: labels.site,
        description: labels.tagline,
        url: `${library.baseUrl}/`,
        inLanguage: [...LANGUAGES],
      },
    },
    main,
  )
}

export function guidesPage(library: Library, language: Language): Html {
  const labels = labelsOf(language)
  const clusters = new Map<string, GuideSummary[]>()
  for (const guide of topicsIn(library, language)) {
    clusters.set(guide.cluster, [...(clusters.get(guide.cluster) ?? []), guide])
  }
  const main = html`<div class="guides">
<h1>${labels.guidesTitle}</h1>
<p class="lead">${labels.guidesLead}</p>
${[...clusters].map(
  ([cluster, guides]) => html`<section aria-labelledby="page:${cluster}">
<h2 id="page:${cluster}">${labels.clusters[cluster] ?? cluster.replaceAll('-', ' ')}</h2>
<ul class="cards">${guides.map((guide) => card(library, guide, language, './'))}</ul>
</section>`,
)}
</div>`
  return page(
    {
      language,
      title: labels.guidesTitle,
      description: `${labels.guidesLead} ${labels.tagline}.`,
      root: './',
      switchTo: both((other) => `guides?lang=${other}`),
      canonical: `${library.baseUrl}/guides?lang=${language}`,
      alternates: both((other) => `${library.baseUrl}/guides?lang=${other}`),
      trail: [{ name: labels.home, href: `./?lang=${language}` }, { name: labels.guides }],
    },
    main,
  )
}

function card(library: Library, guide: GuideSummary, language: Language, root: string): Html {
  const labels = labelsOf(language)
  const used = library.guide(guide.id, guide.language)?.meta.sources ?? []
  const checked = oldestCheck(used.flatMap(({ id }) => library.source(id) ?? []))
  const other = guide.languages.filter((one) => one !== guide.language)
  return html`<li>
<h3><a href="${root}guides/${guide.id}?lang=${guide.language}" hreflang="${guide.language}" lang="${guide.language}">${guide.title}</a></h3>
<p lang="${guide.language}">${guide.description}</p>
<p class="meta">${guide.stale && html`<b class="stale">${labels.stale}</b> · `}${labels.updated} ${dateMark(guide.updated, language)}${checked && html` · ${labels.checked} ${dateMark(checked, language)}`}${other.map(
    (one) =>
      html` · <a href="${root}guides/${guide.id}?lang=${one}" hreflang="${one}" lang="${one}">${languageName(one)}</a>`,
  )}</p></li>`
}
