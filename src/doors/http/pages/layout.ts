/** The frame of every page: head, header with language switch, footer. Addresses are relative, so that pages work under any path. */
import { html, raw } from 'hono/html'
import { LANGUAGES, type Language } from '../../../engine/core/language.ts'
import { labelsOf, languageName, longDate } from './labels.ts'

/** A piece of HTML, made by the `html` tagged template, which escapes every value but what is HTML already. */
export type Html = ReturnType<typeof html>

export type PageFrame = {
  readonly language: Language
  readonly title: string
  readonly description: string
  /** Relative address of the service's root: `./` or `../`. */
  readonly root: string
  /** Relative address of this page in each language it exists in, for the language switch. */
  readonly switchTo: Partial<Record<Language, string>>
  /** Absolute address for search engines; unset for a page without a lasting address. */
  readonly canonical?: string
  readonly alternates?: Partial<Record<Language, string>>
  /** Breadcrumb: steps from the first page to this one, which comes last and has no address. */
  readonly trail?: readonly { readonly name: string; readonly href?: string }[]
  /** Structured data (schema.org). */
  readonly data?: object
  readonly bodyClass?: string
  readonly alternateFormats?: readonly { readonly type: string; readonly href: string }[]
}

export function page(frame: PageFrame, main: Html): Html {
  const { language, root } = frame
  const labels = labelsOf(language)
  const query = `?lang=${language}`
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<title>${frame.title} · ${labels.site}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${frame.description}">
<meta name="color-scheme" content="light dark">
<link rel="stylesheet" href="${root}assets/site.css">
<link rel="icon" type="image/svg+xml" href="${root}favicon.svg">
${frame.canonical && html`<link rel="canonical" href="${frame.canonical}">`}
${LANGUAGES.map((other) => frame.alternates?.[other] && html`<link rel="alternate" hreflang="${other}" href="${frame.alternates[other]}">`)}
${frame.alternateFormats?.map(({ type, href }) => html`<link rel="alternate" type="${type}" href="${href}">`)}
${frame.data && html`<script type="application/ld+json">${raw(toScriptData(frame.data))}</script>`}
</head>
<body class="${frame.bodyClass ?? ''}">
<a class="skip" href="#main">${labels.skip}</a>
<header class="site">
<a class="brand" href="${root}${query}">${labels.site}</a>
<nav aria-label="${labels.mainNavigation}"><a href="${root}guides${query}">${labels.guides}</a></nav>
${languageSwitch(frame)}
</header>
${breadcrumb(frame)}
<main id="main" tabindex="-1">
${main}
</main>
<footer class="site"><p>${labels.notAdvice} ${labels.licence}</p></footer>
</body>
</html>
`
}

function languageSwitch({ language, switchTo }: PageFrame): Html {
  const links = LANGUAGES.flatMap((other) => {
    const href = switchTo[other]
    return href === undefined ? [] : [{ other, href }]
  })
  if (links.length < 2) return html``
  return html`<nav class="languages" aria-label="${labelsOf(language).languageSwitch}">${links.map(
    ({ other, href }) =>
      other === language
        ? html`<span aria-current="true">${languageName(other)}</span>`
        : html`<a href="${href}" lang="${other}" hreflang="${other}" rel="alternate">${languageName(other)}</a>`,
  )}</nav>`
}

function breadcrumb({ trail, language }: PageFrame): Html {
  if (!trail) return html``
  return html`<nav class="trail" aria-label="${labelsOf(language).breadcrumb}"><ol>${trail.map(
    ({ name, href }) =>
      href === undefined
        ? html`<li aria-current="page">${name}</li>`
        : html`<li><a href="${href}">${name}</a></li>`,
  )}</ol></nav>`
}

/** JSON in which no `</script>` can end the script element it is in. */
function toScriptData(data: object): string {
  return JSON.stringify(data).replaceAll('<', '\\u003c')
}

export function dateMark(date: string, language: Language): Html {
  return html`<time datetime="${date}">${longDate(date, language)}</time>`
}

export function chips(texts: readonly string[]): Html {
  return html`<ul class="chips">${texts.map((text) => html`<li>${text}</li>`)}</ul>`
}
