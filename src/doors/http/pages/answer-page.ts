/** The answer to a question as a page: passages with their sources, the quick scan and next guides, or that the guides do not answer. */
import { html, raw } from 'hono/html'
import type { CitedSource } from '../../../engine/core/citation.ts'
import type { GuideRenderer } from '../../../engine/core/guide-renderer.ts'
import { LANGUAGES, type Language } from '../../../engine/core/language.ts'
import type { RetrievalResponse, RetrievedPassage } from '../../../engine/core/retrieval.ts'
import type { PageLabels } from '../../../engine/languages/profile.ts'
import { askForm } from './home.ts'
import { labelsOf } from './labels.ts'
import { dateMark, type Html, page } from './layout.ts'
import { type GuideHref, pathsBlock } from './paths.ts'
import { placeOf, quickScanBlock } from './quick-scan.ts'
import { exitText, oldestCheck } from './source-check.ts'

const guideHref: GuideHref = (id, language) => `guides/${id}?lang=${language}`

export function answerPage(
  answer: RetrievalResponse,
  language: Language,
  renderer: GuideRenderer,
): Html {
  const labels = labelsOf(language)
  const address = (other: Language) =>
    `ask?${new URLSearchParams({ lang: other, q: answer.query }).toString()}`
  // Below the answer; at the top when there is none, because the reader will probably ask again.
  const again = askForm(labels, language, './', answer.query)
  const main = html`<div class="answer">
<h1>${answer.query}</h1>
${verdict(answer, labels)}
${answer.passages.length === 0 && again}
${answer.passages.length > 0 && html`<ol class="passages">${answer.passages.map((passage) => passageCard(passage, labels, language, renderer))}</ol>`}
${
  answer.nearest &&
  answer.nearest.length > 0 &&
  html`<section aria-labelledby="page:nearest"><h2 id="page:nearest">${labels.nearest}</h2><ul class="links">${answer.nearest.map(
    ({ id, language: of, title }) =>
      html`<li><a href="${guideHref(id, of)}" hreflang="${of}" lang="${of}">${title}</a></li>`,
  )}</ul></section>`
}
${
  answer.quickScan &&
  html`<div lang="${answer.quickScan.guide.language}"><p class="from">${labelsOf(answer.quickScan.guide.language).fromGuide} <a href="${guideHref(answer.quickScan.guide.id, answer.quickScan.guide.language)}">${answer.quickScan.guide.title}</a></p>${quickScanBlock(
    answer.quickScan,
    guideHref(answer.quickScan.guide.id, answer.quickScan.guide.language),
    guideHref,
  )}</div>`
}
${answer.paths && answer.quickScan && html`<div lang="${answer.quickScan.guide.language}">${pathsBlock(answer.paths, answer.quickScan.guide.language, guideHref)}</div>`}
${answer.passages.length > 0 && again}
</div>`
  return page(
    {
      language,
      title: `${labels.answerTitle}: ${answer.query}`,
      description: answer.passages[0]?.text.slice(0, 150) ?? labels.verdictNone,
      root: './',
      switchTo: Object.fromEntries(LANGUAGES.map((other) => [other, address(other)])),
      trail: [{ name: labels.home, href: `./?lang=${language}` }, { name: labels.answerTitle }],
    },
    main,
  )
}

function verdict(
  { answerability, passages, degraded }: RetrievalResponse,
  labels: PageLabels,
): Html {
  const counted = passages.length === 1 ? labels.passageOne : labels.passageMany(passages.length)
  const said = {
    answerable: html`<h2>${counted}</h2>`,
    partial: html`<h2>${counted}</h2><p class="notice">${labels.verdictPartial}</p>`,
    not_in_corpus: html`<h2>${labels.verdictNone}</h2><p>${labels.verdictNoneText}</p>`,
  }
  return html`<div class="verdict ${answerability.verdict}">${said[answerability.verdict]}${degraded && html`<p class="notice">${labels.degraded}</p>`}</div>`
}

function passageCard(
  { text, rank, citation, headingPath, guide, language: of }: RetrievedPassage,
  labels: PageLabels,
  language: Language,
  renderer: GuideRenderer,
): Html {
  const href = `${guideHref(guide.id, of)}${placeOf(citation)}`
  return html`<li>
<h3 lang="${of}">${[guide.title, ...headingPath].join(' › ')}</h3>
<blockquote class="text" cite="${citation.url}" lang="${of}">${raw(renderer.passage(text, exitText(oldestCheck(citation.sources), of)))}</blockquote>
<p><a class="read" href="${href}">${labels.readInGuide}<span class="unseen">: ${headingPath.at(-1) ?? guide.title}</span></a>${citation.stale && html` <b class="stale">${labels.stale}</b>`}</p>
<details${rank === 1 && raw(' open')}><summary>${labels.sourcesOf} (${citation.sources.length})${checkedBetween(citation.sources, labels, language)}<span class="unseen">: ${headingPath.at(-1) ?? guide.title}</span></summary><ul>${citation.sources.map((source) => citedSource(source, labels, language))}</ul></details>
</li>`
}

/** When a passage's sources were last checked: the first and the last day, because the oldest check limits what can be relied on. */
function checkedBetween(
  sources: readonly CitedSource[],
  labels: PageLabels,
  language: Language,
): Html {
  const days = sources.map(({ lastVerified }) => lastVerified).sort()
  const [first] = days
  const last = days.at(-1)
  if (first === undefined || last === undefined) return html``
  const shown =
    first === last
      ? dateMark(first, language)
      : html`${dateMark(first, language)} – ${dateMark(last, language)}`
  return html` <span class="meta">· ${labels.lastVerified}: ${shown}</span>`
}

function citedSource(source: CitedSource, labels: PageLabels, language: Language): Html {
  return html`<li>${source.url === null ? html`${source.title} (${labels.unpublished})` : html`<a href="${source.url}" rel="external">${source.title}</a>`} <span class="badge ${source.authority}">${labels.authority[source.authority]}</span> <span class="meta">${source.publisher} · ${labels.seen[source.seen]} · ${labels.lastVerified}: ${dateMark(source.lastVerified, language)}${source.inherited && html` · ${labels.inherited}`}</span></li>`
}
