/** The quick scan on a page: whom the guide is for, what it helps with, and its facts, each linked to the sentence it comes from. */
import { html } from 'hono/html'
import type { Citation } from '../../../engine/core/citation.ts'
import { telAddress } from '../../../engine/core/phone.ts'
import type { QuickScan } from '../../../engine/core/quick-scan.ts'
import { labelsOf } from './labels.ts'
import type { Html } from './layout.ts'

/** The part of a citation's address after the page's: anchor and text fragment. */
export function placeOf(citation: Citation): string {
  return citation.textFragmentUrl.slice(citation.textFragmentUrl.indexOf('#'))
}

/** `to`: address of the guide's page; empty on that page itself. */
export function quickScanBlock(
  scan: QuickScan,
  to: string,
  guideHref: (id: string, language: string) => string,
  answers: ReadonlyMap<string, string> = new Map(),
): Html {
  const labels = labelsOf(scan.guide.language)
  const linkedQuestion = (question: string) => {
    const anchor = answers.get(question)
    return anchor === undefined ? question : html`<a href="${to}#${anchor}">${question}</a>`
  }
  return html`<details class="scan">
<summary><h2 id="page:scan">${labels.quickScan}</h2><span>${labels.quickScanFor}</span></summary>
<dl class="about">
<div><dt>${labels.bestFor}</dt><dd>${scan.bestFor}</dd></div>
<div><dt>${labels.helpsYouDo}</dt><dd>${scan.helpsYouDo}</dd></div>
<div><dt>${labels.coreQuestions}</dt><dd><ul>${scan.coreQuestions.map((question) => html`<li>${linkedQuestion(question)}</li>`)}</ul></dd></div>
<div><dt>${labels.officialBodies}</dt><dd>${scan.officialBodies.join(' · ')}</dd></div>
</dl>
<h3>${labels.facts}</h3>
<p class="hint">${labels.factHint}</p>
<dl class="facts">${scan.facts.map((fact) => {
    const source = fact.citation.sources[0]
    const place = `${to}${placeOf(fact.citation)}`
    const value =
      fact.kind === 'phone'
        ? html`<a href="${telAddress(fact.value)}">${fact.value}</a> <small><a href="${place}">${labels.sentence}<span class="unseen">: ${fact.label}</span></a></small>`
        : html`<a href="${place}">${fact.value}</a>`
    return html`<div class="${fact.kind}"><dt>${fact.label}</dt><dd>${value}${
      source &&
      html` <small>${source.seen === 'reported' ? labels.reportedBy(source.publisher) : source.publisher}${fact.citation.stale && html` · <b class="stale">${labels.factStale}</b>`}</small>`
    }</dd></div>`
  })}</dl>
${
  scan.fixFirst &&
  html`<p class="fix"><b>${labels.fixFirst}: <a href="${guideHref(scan.fixFirst.guide.id, scan.fixFirst.guide.language)}" hreflang="${scan.fixFirst.guide.language}">${scan.fixFirst.guide.title}</a>.</b> ${scan.fixFirst.why}</p>`
}
</details>`
}
