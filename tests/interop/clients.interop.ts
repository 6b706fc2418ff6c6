/** Clients that others wrote: Python's `mcp` and LangChain's MCP adapters list and call every tool. */
import { describe, expect, inject, it } from 'vitest'
import { HERE, PYTHON, run } from './tools.ts'

const QUOTE = 'The IMSS phone number is 800 623 2323'
const CALLS = {
  retrieve: { query: 'whats the imss phone', limit: 3 },
  search: { query: 'no tengo acta apostillada' },
  fetch: { id: 'nss' },
  quick_scan: { guide: 'nss', language: 'es' },
  verify_citations: { citations: [{ quote: QUOTE, guide: 'nss' }] },
}
const NAMES = Object.keys(CALLS)
const ask = () => [`${inject('url')}/mcp`, JSON.stringify(CALLS)]

describe('the Python client', () => {
  it('lists and calls every tool, reads a guide and gets a prompt', async () => {
    const { code, out, err } = await run(PYTHON, ['every_tool.py', ...ask()], HERE)
    expect(code, err).toBe(0)
    const seen = JSON.parse(out)
    expect(seen.tools).toEqual(NAMES)
    for (const name of NAMES) {
      const { error, texts, structured } = seen.results[name]
      expect([name, error, texts.length]).toEqual([name, false, 1])
      expect(structured).toBeTypeOf('object')
    }
    for (const name of ['search', 'fetch']) {
      const { texts, types, structured } = seen.results[name]
      expect(types).toEqual(['text'])
      expect(JSON.parse(texts[0])).toEqual(structured)
    }
    expect(seen.results.retrieve.types).toContain('resource_link')
    expect(seen.results.fetch.structured.text).toContain(QUOTE)
    expect(seen.results.verify_citations.structured.results[0].verdict).toBe('found')
    expect(seen.read.length).toBeGreaterThan(1000)
    expect(seen.messages).toBe(1)
  })
})

describe('the MCP adapters of LangChain', () => {
  it('load and call every tool', async () => {
    const { code, out, err } = await run(process.execPath, ['every-tool.mjs', ...ask()], HERE)
    expect(code, err).toBe(0)
    const seen = JSON.parse(out)
    expect(seen.tools).toEqual(NAMES)
    expect(Object.keys(seen.results)).toEqual(NAMES)
    const said = Object.fromEntries(NAMES.map((name) => [name, JSON.stringify(seen.results[name])]))
    expect(said.retrieve).toContain('800 623 2323')
    expect(said.search).toContain('results')
    expect(said.fetch).toContain(QUOTE)
    expect(said.quick_scan).toContain('800 623 2323')
    expect(said.verify_citations).toContain('FOUND')
  })
})
