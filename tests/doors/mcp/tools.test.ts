/** What the tools answer, asked by the SDK's own client in both eras. */
import { describe, expect, it } from 'vitest'
import { retrievalResponseSchema } from '../../../src/engine/core/retrieval.ts'
import { BASE_URL } from '../../fixtures/built-index.ts'
import { connect, ERAS, mcpApp, sampleService, structuredOf, textsOf } from './connected.ts'

const QUESTION = 'register every hive at the counter'
const OFF_TOPIC = 'zzzz qqqq'

describe.each(ERAS)('the tools, called by a client of %s', (era) => {
  const client = async () => connect(mcpApp(await sampleService()), era)

  it('search gives passages as JSON in exactly one text item, and the same structured', async () => {
    const result = await (await client()).callTool({
      name: 'search',
      arguments: { query: QUESTION },
    })
    expect(result.content).toHaveLength(1)
    expect(JSON.parse(textsOf(result)[0] ?? '')).toEqual(result.structuredContent)
    const [first] = structuredOf(result).results
    expect(Object.keys(first)).toEqual(['id', 'title', 'url', 'text'])
    expect(first.id).toMatch(/^hive\.en\.register\.[0-9a-f]{6}$/)
    expect(first.title).toBe('Hive registration > Register a hive')
    expect(first.url).toBe(`${BASE_URL}/guides/hive?lang=en#register`)
    expect(first.text).toContain('Register every hive at the counter')
  })

  it('search says with an empty list that the guides do not answer', async () => {
    const result = await (await client()).callTool({
      name: 'search',
      arguments: { query: OFF_TOPIC },
    })
    expect(result.isError).toBeFalsy()
    expect(textsOf(result)).toEqual(['{"results":[]}'])
    expect(result._meta?.['nss-copilot/answerability']).toMatchObject({ verdict: 'not_in_corpus' })
  })

  it('fetch takes what search gave and returns the exact passage with text metadata', async () => {
    const asking = await client()
    const found = await asking.callTool({ name: 'search', arguments: { query: QUESTION } })
    const [first] = structuredOf(found).results
    const result = await asking.callTool({ name: 'fetch', arguments: { id: first.id } })
    expect(result.content).toHaveLength(1)
    expect(JSON.parse(textsOf(result)[0] ?? '')).toEqual(result.structuredContent)
    expect(structuredOf(result)).toMatchObject({ ...first, text: first.text })
    const { metadata } = structuredOf(result)
    expect(Object.values(metadata).every((value) => typeof value === 'string')).toBe(true)
    expect(metadata).toMatchObject({ kind: 'passage', guide: 'hive', language: 'en' })
    expect(metadata.sources).toContain('Office: Number office (official, verified 2026-11-01)')
  })

  it.each([
    ['licence', 'en', 0],
    ['licence.es', 'es', 0],
    [`${BASE_URL}/guides/licence?lang=es`, 'es', 0],
    ['licence.en#reports', 'en', 2],
    [`${BASE_URL}/guides/licence?lang=en#reports:~:text=One%20resident`, 'en', 2],
  ])('fetch understands %s', async (id, language, section) => {
    const service = await sampleService()
    const result = await (await connect(mcpApp(service), era)).callTool({
      name: 'fetch',
      arguments: { id },
    })
    const guide = service.library.guide('licence', language === 'es' ? 'es' : 'en')
    const start = section === 0 ? 0 : (guide?.sections[section]?.blocks[0]?.span.start ?? -1)
    expect(structuredOf(result).text).toBe(guide?.text.slice(start))
    expect(structuredOf(result).url).toMatch(section === 0 ? /lang=..$/ : /#reports$/)
    expect(structuredOf(result).metadata).toMatchObject({ kind: 'guide', language })
  })

  it('fetch cuts a guide that is too long between sections and says how to go on', async () => {
    const service = await sampleService()
    const app = mcpApp(service, { deps: { maxResultTokens: 450 } })
    const asking = await connect(app, era)
    const text = service.library.guide('licence', 'en')?.text ?? ''
    let joined = ''
    let calls = 0
    for (let id: string | undefined = 'licence.en'; id; calls++) {
      const { metadata, text: part } = structuredOf(
        await asking.callTool({ name: 'fetch', arguments: { id } }),
      )
      expect(text.slice(Number(metadata.start), Number(metadata.end))).toContain(
        part.split('\n\n[Cut here')[0],
      )
      joined += text.slice(Number(metadata.start), Number(metadata.end))
      if (metadata.next) expect(part).toContain(`Continue with fetch, id "${metadata.next}".]`)
      id = metadata.next
    }
    expect(calls).toBeGreaterThan(1)
    expect(joined).toBe(text)
  })

  it('fetch and quick_scan follow the locale that ChatGPT sends, and name the language chosen', async () => {
    const asking = await client()
    const _meta = { 'openai/locale': 'es-MX' }
    const fetched = await asking.callTool({ name: 'fetch', arguments: { id: 'licence' }, _meta })
    expect(structuredOf(fetched).title).toBe('Licencia de apicultura')
    expect(fetched._meta?.['openai/locale']).toBe('es')
    const scan = await asking.callTool({
      name: 'quick_scan',
      arguments: { guide: 'hive' },
      _meta,
    })
    // Not written in Spanish.
    expect(structuredOf(scan).guide).toMatchObject({ id: 'hive', language: 'en' })
    expect(scan._meta?.['openai/locale']).toBe('en')
  })

  it('retrieve returns the whole answer of /retrieve, the same as text, and links to the passages', async () => {
    const service = await sampleService()
    const asking = await connect(mcpApp(service), era)
    const result = await asking.callTool({
      name: 'retrieve',
      arguments: { query: QUESTION, limit: 2 },
    })
    const { tookMs: _, ...answer } = retrievalResponseSchema.parse(result.structuredContent)
    const { tookMs: __, ...direct } = await service.retriever.retrieve({
      query: QUESTION,
      limit: 2,
      maxTokens: 1500,
      minAuthority: 'secondary',
      quickScan: true,
      explain: false,
      format: 'json',
    })
    expect(answer).toEqual(direct)
    const [text = ''] = textsOf(result)
    for (const { rank, citation, text: words } of answer.passages) {
      expect(text).toContain(`[${rank}] `)
      expect(text).toContain(words)
      expect(text).toContain(`Cite: ${citation.url}`)
    }
    expect(text).toContain('Quick scan of "Hive registration"')
    const links = (result.content as { type: string; uri?: string }[]).filter(
      (item) => item.type === 'resource_link',
    )
    expect(links).toHaveLength(answer.passages.length)
    expect(links[0]).toMatchObject({
      name: answer.passages[0]?.id,
      annotations: { audience: ['user', 'assistant'], lastModified: '2026-11-01T00:00:00Z' },
    })
    const read = await asking.readResource({ uri: links[0]?.uri ?? '' })
    expect(read.contents[0]).toMatchObject({ text: answer.passages[0]?.text })
  })

  it('retrieve says loudly when the guides do not answer', async () => {
    const result = await (await client()).callTool({
      name: 'retrieve',
      arguments: { query: OFF_TOPIC },
    })
    expect(result.isError).toBeFalsy()
    expect(textsOf(result)[0]).toMatch(/^NOT IN THE GUIDES /)
    expect(structuredOf(result)).toMatchObject({ passages: [], quickScan: null, paths: null })
  })

  it('retrieve drops the quick scan first, then the last passages, and counts those in omitted', async () => {
    const service = await sampleService()
    const ask = async (maxResultTokens: number) => {
      const app = mcpApp(service, { deps: { maxResultTokens } })
      return (await connect(app, era)).callTool({
        name: 'retrieve',
        arguments: { query: QUESTION, limit: 3 },
      })
    }
    const whole = structuredOf(await ask(100_000))
    expect(whole.quickScan).not.toBeNull()
    const bare = await ask(3500)
    expect(structuredOf(bare)).toMatchObject({ quickScan: null, omitted: whole.omitted })
    expect(structuredOf(bare).passages).toEqual(whole.passages)
    expect(textsOf(bare)[0]).toContain('call quick_scan with guide "hive"')
    const least = structuredOf(await ask(1))
    expect(least.passages).toEqual(whole.passages.slice(0, 1))
    expect(least.omitted).toBe(whole.omitted + whole.passages.length - 1)
  })

  it('verify_citations gives the verdicts of the verifier', async () => {
    const quotes = [
      'Register every hive at the counter',
      'Register no hive at the counter',
      'Ships sail at dawn over silent oceans',
    ]
    const result = await (await client()).callTool({
      name: 'verify_citations',
      arguments: { citations: quotes.map((quote) => ({ quote })) },
    })
    const verdicts = structuredOf(result).results.map((r: { verdict: string }) => r.verdict)
    expect(verdicts).toEqual(['found', 'altered', 'not_found'])
    expect(textsOf(result)[0]).toMatch(/^\[1\] FOUND[\s\S]+\n\[2\] ALTERED[\s\S]+\n\[3\] NOT FOUND/)
  })

  it('verify_citations asks for fewer quotes when the answer would be too long', async () => {
    const app = mcpApp(await sampleService(), { deps: { maxResultTokens: 2000 } })
    const result = await (await connect(app, era)).callTool({
      name: 'verify_citations',
      arguments: { citations: Array.from({ length: 90 }, (_, i) => ({ quote: `quote ${i}` })) },
    })
    expect(result.isError).toBe(true)
    expect(textsOf(result)[0]).toMatch(/send about \d+ at a time/)
  })

  it.each([
    ['search', { query: '' }, 'must not be empty'],
    ['search', { query: 'x'.repeat(1001) }, 'must have at most 1000 characters'],
    ['fetch', { id: 'nowhere' }, 'guide ids are: first-year, licence, hive'],
    ['fetch', { id: 'hive.es' }, 'does not exist in es; it exists in: en'],
    ['fetch', { id: 'hive#roof' }, 'its sections are: register, moving, at-a-glance'],
    ['retrieve', { query: 'hive', guides: ['nowhere'] }, 'there is no guide "nowhere"'],
    ['retrieve', { query: 'hive', limit: 50 }, 'limit'],
    ['quick_scan', { guide: 'nowhere' }, 'guide ids are: first-year, licence, hive'],
    ['quick_scan', { guide: 'hive', language: 'es' }, 'does not exist in es'],
    ['verify_citations', { citations: [] }, 'citations'],
  ])('%s tells a model what to correct in %o', async (name, args, message) => {
    const result = await (await client()).callTool({ name, arguments: args })
    expect(result.isError).toBe(true)
    expect(result.structuredContent).toBeUndefined()
    expect(textsOf(result).join('\n')).toContain(message)
  })

  it('refuses an unknown tool with -32602', async () => {
    await expect((await client()).callTool({ name: 'delete_all' })).rejects.toMatchObject({
      code: -32602,
    })
  })

  it('logs what failed inside and does not tell the client', async () => {
    const faults: unknown[] = []
    const service = await sampleService()
    const broken = {
      ...service,
      retriever: { retrieve: () => Promise.reject(new Error('secret path /somewhere/x')) },
    }
    const app = mcpApp(broken, { deps: { fault: (error) => faults.push(error) } })
    const result = await (await connect(app, era)).callTool({
      name: 'retrieve',
      arguments: { query: 'hive' },
    })
    expect(result.isError).toBe(true)
    expect(textsOf(result).join()).not.toContain('secret')
    expect(faults).toHaveLength(1)
  })

  it('shows search and fetch alone to the address with ?tools=chatgpt', async () => {
    const service = await sampleService()
    const few = await connect(mcpApp(service), era, '/mcp?tools=chatgpt')
    expect((await few.listTools()).tools.map((tool) => tool.name)).toEqual(['search', 'fetch'])
    expect(few.getServerCapabilities()).not.toHaveProperty('resources')
    const { results } = structuredOf(
      await few.callTool({ name: 'search', arguments: { query: QUESTION } }),
    )
    expect(results.length).toBeGreaterThan(0)
  })
})
