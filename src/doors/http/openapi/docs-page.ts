/** The reference page, rendered from the OpenAPI description: readable without a script, offline, with nothing from elsewhere. */
import { html, raw } from 'hono/html'
import type { OpenApiDocument } from './document.ts'

const METHODS = ['get', 'post'] as const

type Operation = NonNullable<
  NonNullable<NonNullable<OpenApiDocument['paths']>[string]>[(typeof METHODS)[number]]
>

/** `raw` stands only around what this file has rendered. */
export function renderDocs(document: OpenApiDocument) {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item?.[method]
      return operation ? [{ path, method, operation }] : []
    }),
  )
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Reference of the HTTP interface of nss-copilot">
<title>Reference: nss-copilot ${document.info.version}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/docs/style.css">
<script type="module" src="/docs/try.js"></script>
</head>
<body>
<header><h1>nss-copilot: reference</h1>
<p>${document.info.description}</p>
<p>The same for programs: <a href="/openapi.json">/openapi.json</a> (OpenAPI ${document.openapi}).</p></header>
<nav aria-label="Operations"><ul>${operations.map(
    ({ path, method, operation }) =>
      html`<li><a href="#${operation.operationId}"><code>${method.toUpperCase()} ${path}</code></a> ${operation.summary}</li>`,
  )}</ul></nav>
<main>${operations.map(renderOperation)}
<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>${Object.entries(
    document.components?.schemas ?? {},
  ).map(
    ([name, schema]) =>
      html`<details id="schema-${name}"><summary>${name}</summary><pre><code>${JSON.stringify(schema, null, 2)}</code></pre></details>`,
  )}</section></main>
</body>
</html>`
}

function renderOperation({
  path,
  method,
  operation,
}: {
  path: string
  method: string
  operation: Operation
}) {
  const id = operation.operationId ?? ''
  return html`<section aria-labelledby="${id}">
<h2 id="${id}"><code>${method.toUpperCase()} ${path}</code></h2>
<p>${operation.summary}. ${operation.description}</p>
${renderParameters(operation)}${renderTry(method, path, operation)}
<h3>Responses</h3><dl>${Object.entries(operation.responses ?? {}).map(([status, response]) => {
    const known = asObject(response)
    const types = Object.entries(asObject(known.content)).map(
      ([type, media]) => html` <code>${type}</code> ${raw(schemaLinks(asObject(media).schema))}`,
    )
    return html`<dt>${status}</dt><dd>${known.description}${types}</dd>`
  })}</dl></section>`
}

function renderParameters(operation: Operation) {
  const rows = (operation.parameters ?? []).map((entry) => {
    const { name, in: place, required, schema, description } = asObject(entry)
    return html`<tr><th scope="row"><code>${name}</code></th><td>${place}${required ? ', required' : ''}</td><td><code>${shapeOf(schema)}</code></td><td>${description ?? asObject(schema).description}</td></tr>`
  })
  if (rows.length === 0) return ''
  return html`<h3>Parameters</h3><table><thead><tr><th scope="col">Name</th><th scope="col">Where</th><th scope="col">Form</th><th scope="col">Meaning</th></tr></thead><tbody>${rows}</tbody></table>`
}

/** A form per example; the script sends it and shows the answer. Without a script the example can be read and copied. */
function renderTry(method: string, path: string, operation: Operation) {
  const body = asObject(asObject(asObject(operation.requestBody).content)['application/json'])
  const examples = Object.entries(asObject(body.examples))
  if (examples.length === 0) return ''
  return html`<h3>Request body ${raw(schemaLinks(body.schema))}</h3>${examples.map(
    ([name, example]) => {
      const { summary, value } = asObject(example)
      const id = `${operation.operationId}-${name}`
      return html`<form data-method="${method}" data-path="${path}"><label for="${id}">${summary}</label>
<textarea id="${id}" rows="8" spellcheck="false">${JSON.stringify(value, null, 2)}</textarea>
<button type="submit" hidden>Send</button><output for="${id}" hidden></output></form>`
    },
  )}`
}

function schemaLinks(schema: unknown): string {
  const names = [...JSON.stringify(schema ?? {}).matchAll(/#\/components\/schemas\/(\w+)/g)]
  return names.map(([, name = '']) => `<a href="#schema-${name}">${name}</a>`).join(' or ')
}

function shapeOf(schema: unknown): string {
  const {
    type,
    enum: values,
    items,
    minimum,
    maximum,
    pattern,
    default: fallback,
  } = asObject(schema)
  const limits = minimum === undefined ? '' : ` ${minimum} to ${maximum}`
  const base = Array.isArray(values)
    ? values.join(' | ')
    : type === 'array'
      ? `list of ${shapeOf(items)}`
      : `${type ?? 'string'}${limits}${pattern === undefined ? '' : ` matching ${pattern}`}`
  return fallback === undefined ? base : `${base}; default ${fallback}`
}

/** The description is our own JSON: what is no object holds nothing to show. */
function asObject(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
