/** Which guides to read next, as lists with the reason for each guide. */
import { html } from 'hono/html'
import type { Language } from '../../../engine/core/language.ts'
import type { KnowledgePaths, PathStep } from '../../../engine/core/quick-scan.ts'
import { labelsOf } from './labels.ts'
import type { Html } from './layout.ts'

export type GuideHref = (id: string, language: string) => string

export function pathsBlock(paths: KnowledgePaths, language: Language, guideHref: GuideHref): Html {
  const labels = labelsOf(language)
  const lists = [
    { name: labels.nextSteps, steps: paths.nextSteps },
    { name: labels.siblings, steps: paths.siblings },
    { name: labels.planning, steps: paths.planning },
  ].filter(({ steps }) => steps.length > 0)
  if (lists.length === 0) return html``
  return html`<section class="paths" aria-labelledby="page:next">
<h2 id="page:next">${labels.next}</h2>
${lists.map(({ name, steps }) => html`<div><h3>${name}</h3><ul>${steps.map((step) => pathStep(step, guideHref))}</ul></div>`)}
</section>`
}

function pathStep({ id, language, title, reason }: PathStep, guideHref: GuideHref): Html {
  return html`<li><a href="${guideHref(id, language)}" hreflang="${language}" lang="${language}">${title}</a> <span>${reason}</span></li>`
}
