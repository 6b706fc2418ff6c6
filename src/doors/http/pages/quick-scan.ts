/** The quick scan on a page: whom the guide is for, what it helps with, and its facts, each linked to the sentence it comes from. */
import { html } from 'hono/html'
import type { Citation } from '../../../engine/core/citation.ts'
import type { QuickScan } from '../../../engine/core/quick-scan.ts'
import { labelsOf } from './labels.ts'
import { chips, type Html } from './layout.ts'

/** The part of a citation's address after the page's: anchor and text fragment. */
export function placeOf(citation: Citation): string {
  return citation.textFragmentUrl.slice(citation.textFragmentUrl.indexOf('#'))
}

/** `to`: address of the guide's page; empty on that page itself. */
export function quickScanBlock(
  scan: QuickScan,
  to: string,
  guideHref: (id: string, language: string) => string,
): Html {
  const labels = labelsOf(scan.guide.language)
  return html`<section class="scan" aria-labelledby="page:scan">
<h2 id="page:scan">${labels.quickScan}</h2>
${chips(scan.chips)}
<dl class="about">
<div><dt>${labels.bestFor}</dt><dd>${scan.bestFor}</dd></div>
<div><dt>${labels.helpsYouDo}</dt><dd>${scan.helpsYouDo}</dd></div>
<div><dt>${labels.coreQuestions}</dt><dd><ul>${scan.coreQuestions.map((question) => html`<li>${question}</li>`)}</ul></dd></div>
<div><dt>${labels.officialBodies}</dt><dd>${scan.officialBodies.join(' · ')}</dd></div>
</dl>
<h3>${labels.facts}</h3>
<p class="hint">${labels.factHint}</p>
<dl class="facts">${scan.facts.map((fact) => {
    const source = fact.citation.sources[0]
    return html`<div class="${fact.kind}"><dt>${fact.label}</dt><dd><a href="${to}${placeOf(fact.citation)}">${fact.value}</a>${
      source &&
      html` <small>${source.publisher}${source.seen === 'reported' && html` · ${labels.reported}`}${fact.citation.stale && html` · <b class="stale">${labels.factStale}</b>`}</small>`
    }</dd></div>`
  })}</dl>
${
  scan.fixFirst &&
  html`<p class="fix"><b>${labels.fixFirst}: <a href="${guideHref(scan.fixFirst.guide.id, scan.fixFirst.guide.language)}" hreflang="${scan.fixFirst.guide.language}">${scan.fixFirst.guide.title}</a>.</b> ${scan.fixFirst.why}</p>`
}
</section>`
}
