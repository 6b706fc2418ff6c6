/** An error as a page, for browsers. */
import { html } from 'hono/html'
import type { Language } from '../../../engine/core/language.ts'
import type { Problem } from '../problem.ts'
import { askForm } from './home.ts'
import { labelsOf } from './labels.ts'
import { type Html, page } from './layout.ts'

/** `root` leads from the address that failed to the service's first page. */
export function errorPage(problem: Problem, language: Language, root: string): Html {
  const labels = labelsOf(language)
  const title = problem.status === 404 ? labels.notFoundTitle : labels.errorTitle
  const main = html`<div class="error">
<h1>${title}</h1>
${problem.status === 404 ? html`<p class="notice">${labels.notFoundText}</p>` : html`<p class="notice" lang="en"><b>${problem.status}</b> ${problem.detail}</p>`}
<p>${labels.errorBack}</p>
${askForm(labels, language, root)}
<p><a href="${root}guides?lang=${language}">${labels.allGuides}</a></p>
</div>`
  return page({ language, title, description: title, root, switchTo: {} }, main)
}
