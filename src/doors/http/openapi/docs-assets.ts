/** The style sheet and the script of the API reference page. */

export const DOCS_STYLE = `:root { color-scheme: light dark; --ink: #1b1f24; --paper: #fff; --line: #868e96; --link: #0b57a4; --tint: #f1f3f5; }
@media (prefers-color-scheme: dark) { :root { --ink: #e9ecef; --paper: #15181c; --line: #868e96; --link: #8fc1ff; --tint: #22272d; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; color: var(--ink); background: var(--paper); }
a { color: var(--link); }
code, pre, textarea { font-family: ui-monospace, monospace; font-size: 0.9rem; }
section { border-top: 1px solid var(--line); margin-top: 2rem; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.25rem 0.5rem; border: 1px solid var(--line); overflow-wrap: break-word; }
td code { overflow-wrap: anywhere; }
@media (max-width: 40rem) { th, td { overflow-wrap: anywhere; } }
pre, output { display: block; white-space: pre-wrap; overflow-wrap: anywhere; background: var(--tint); padding: 0.75rem; margin: 0.5rem 0; }
output[hidden] { display: none; }
label { display: block; margin-top: 1rem; }
textarea { width: 100%; color: inherit; background: var(--tint); border: 1px solid var(--line); padding: 0.5rem; }
button { font: inherit; padding: 0.4rem 1rem; color: var(--paper); background: var(--link); border: 0; cursor: pointer; }
button[hidden] { display: none; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
dt { font-weight: bold; }
@media print { button, nav { display: none; } }
`

export const DOCS_SCRIPT = `for (const form of document.querySelectorAll('form')) {
  const body = form.querySelector('textarea')
  const output = form.querySelector('output')
  const button = form.querySelector('button')
  button.hidden = false
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    button.disabled = true
    output.hidden = false
    output.textContent = '...'
    try {
      const response = await fetch(form.dataset.path, {
        method: form.dataset.method.toUpperCase(),
        headers: { 'content-type': 'application/json' },
        body: body.value,
      })
      const text = await response.text()
      let shown = text
      try { shown = JSON.stringify(JSON.parse(text), null, 2) } catch { /* shown as it came */ }
      output.textContent = response.status + ' ' + response.statusText + '\\n' + shown
    } catch (error) {
      output.textContent = String(error)
    }
    button.disabled = false
  })
}
`
