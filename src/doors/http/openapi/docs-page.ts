/** Renders the OpenAPI document as a page. It can be read without JavaScript and loads nothing from other hosts. */
import { html } from 'hono/html'
import type { Html } from '../pages/layout.ts'
import type {
  DescribedOperation,
  DescribedParameter,
  DescribedResponse,
  OpenApiDocument,
} from './document.ts'
import type { JsonSchema } from './json-schemas.ts'

const METHODS = ['get', 'post'] as const

type Entry = {
  readonly path: string
  readonly method: (typeof METHODS)[number]
  readonly operation: DescribedOperation
}

export function renderDocs({ openapi, info, paths, components }: OpenApiDocument): Html {
  const entries = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method): Entry[] => {
      const operation = item[method]
      return operation ? [{ path, method, operation }] : []
    }),
  )
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Reference of the HTTP interface of nss-copilot">
<title>Reference: nss-copilot ${info.version}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/style.css">
<script type="module" src="/docs/try.js"></script>
</head>
<body>
<header><h1>nss-copilot: reference</h1>
<p>${info.description}</p>
<p>The same as a document for programs: <a href="/openapi.json">/openapi.json</a> (OpenAPI ${openapi}).</p></header>
<nav aria-label="Operations"><ul>${entries.map(
    ({ path, method, operation }) =>
      html`<li><a href="#${operation.operationId}"><code>${method.toUpperCase()} ${path}</code></a> ${operation.summary}</li>`,
  )}</ul></nav>
<main>${entries.map(operationSection)}
<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>${Object.entries(
    components.schemas,
  ).map(
    ([name, schema]) =>
      html`<details id="schema-${name}"><summary>${name}</summary><pre><code>${JSON.stringify(schema, null, 2)}</code></pre></details>`,
  )}</section></main>
</body>
</html>`
}

function operationSection(entry: Entry): Html {
  const { path, method, operation } = entry
  const id = operation.operationId
  return html`<section aria-labelledby="${id}">
<h2 id="${id}"><code>${method.toUpperCase()} ${path}</code></h2>
<p>${operation.summary}. ${operation.description}</p>
${parameterTable(operation.parameters ?? [])}${examples(entry)}
<h3>Responses</h3><dl>${Object.entries(operation.responses).map(responseEntry)}</dl></section>`
}

function responseEntry([status, { description, content }]: [string, DescribedResponse]): Html {
  const types = Object.entries(content).map(
    ([type, { schema }]) => html` <code>${type}</code> ${schemaLinks(schema)}`,
  )
  return html`<dt>${status}</dt><dd>${description}${types}</dd>`
}

function parameterTable(parameters: readonly DescribedParameter[]): Html {
  if (parameters.length === 0) return html``
  return html`<h3>Parameters</h3><table><thead><tr><th scope="col">Name</th><th scope="col">Where</th><th scope="col">Form</th><th scope="col">Meaning</th></tr></thead><tbody>${parameters.map(
    ({ name, in: place, required, schema, description }) =>
      html`<tr><th scope="row"><code>${name}</code></th><td>${place}${required ? ', required' : ''}</td><td><code>${formOf(schema)}</code></td><td>${description}</td></tr>`,
  )}</tbody></table>`
}

/** One form per example. The script sends it and shows the response; without JavaScript the example can still be copied. */
function examples({ path, method, operation }: Entry): Html {
  const body = operation.requestBody?.content['application/json']
  if (!body) return html``
  return html`<h3>Request body ${schemaLinks(body.schema)}</h3>${Object.entries(
    body.examples ?? {},
  ).map(([name, { summary, value }]) => {
    const id = `${operation.operationId}-${name}`
    return html`<form data-method="${method}" data-path="${path}"><label for="${id}">${summary}</label>
<textarea id="${id}" rows="8" spellcheck="false">${JSON.stringify(value, null, 2)}</textarea>
<button type="submit" hidden>Send</button><output for="${id}" hidden></output></form>`
  })}`
}

/** Links to the components that a schema references: `RetrievalResponse or SearchResultsResponse`. */
function schemaLinks(schema: JsonSchema): Html {
  const references = [...JSON.stringify(schema).matchAll(/#\/components\/schemas\/(\w+)/g)]
  const links = references.map(([, name]) => html`<a href="#schema-${name}">${name}</a>`)
  return html`${links.map((link, i) => (i === 0 ? link : html` or ${link}`))}`
}

/** A parameter's schema in a few words: `list of en | es`, `integer 1 to 20; default 5`. */
function formOf(schema: JsonSchema): string {
  const { default: preset } = schema
  return preset === undefined ? typeOf(schema) : `${typeOf(schema)}; default ${preset}`
}

function typeOf({ type, enum: values, items, minimum, maximum, pattern }: JsonSchema): string {
  if (values) return values.join(' | ')
  if (type === 'array') {
    return typeof items === 'object' && !Array.isArray(items) ? `list of ${typeOf(items)}` : 'list'
  }
  const limits = minimum === undefined ? '' : ` ${minimum} to ${maximum}`
  return `${type ?? 'string'}${limits}${pattern === undefined ? '' : ` matching ${pattern}`}`
}
