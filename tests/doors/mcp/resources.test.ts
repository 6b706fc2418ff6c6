/** Guides and passages as resources, prompts, completion and what the server says of itself. */
import { Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { describe, expect, it, onTestFinished } from 'vitest'
import { INSTRUCTIONS } from '../../../src/doors/mcp/instructions.ts'
import { createMcpServer } from '../../../src/doors/mcp/server.ts'
import type { Language } from '../../../src/engine/core/language.ts'
import { connect, ERAS, mcpApp, sampleService } from './connected.ts'

describe.each(ERAS)('the server, asked by a client of %s', (era) => {
  it('lists every guide with its date, its readers and its weight', async () => {
    const client = await connect(mcpApp(await sampleService()), era)
    const { resources } = await client.listResources()
    expect(resources.map(({ uri }) => uri)).toEqual([
      'nss-copilot://guides/first-year/en',
      'nss-copilot://guides/licence/en',
      'nss-copilot://guides/licence/es',
      'nss-copilot://guides/hive/en',
    ])
    expect(resources[1]).toMatchObject({
      name: 'licence.en',
      title: 'Beekeeping licence',
      mimeType: 'text/markdown',
      annotations: {
        audience: ['user', 'assistant'],
        priority: 0.8,
        lastModified: '2026-11-01T00:00:00Z',
      },
    })
  })

  it('reads every listed guide as its canonical text', async () => {
    const service = await sampleService()
    const client = await connect(mcpApp(service), era)
    for (const { uri, name } of (await client.listResources()).resources) {
      const [id = '', language] = name.split('.')
      const guide = service.library.guide(id, language === 'es' ? 'es' : 'en')
      const { contents } = await client.readResource({ uri })
      expect(contents).toMatchObject([{ uri, mimeType: 'text/markdown', text: guide?.text }])
    }
  })

  it.each([
    'nss-copilot://guides/nowhere/en',
    'nss-copilot://guides/hive/es',
    'nss-copilot://guides/hive/fr',
    'nss-copilot://passages/hive.en.register.000000',
    'other://hive',
  ])('refuses %s, which does not exist', async (uri) => {
    const client = await connect(mcpApp(await sampleService()), era)
    await expect(client.readResource({ uri })).rejects.toMatchObject({ data: { uri } })
  })

  it('has templates for guides and passages and completes the ids of guides', async () => {
    const client = await connect(mcpApp(await sampleService()), era)
    const { resourceTemplates } = await client.listResourceTemplates()
    expect(resourceTemplates.map(({ uriTemplate }) => uriTemplate)).toEqual([
      'nss-copilot://guides/{guide}/{language}',
      'nss-copilot://passages/{passage}',
    ])
    const ref = { type: 'ref/resource', uri: 'nss-copilot://guides/{guide}/{language}' } as const
    const guide = await client.complete({ ref, argument: { name: 'guide', value: 'Li' } })
    expect(guide.completion.values).toEqual(['licence'])
    const language = await client.complete({
      ref,
      argument: { name: 'language', value: '' },
      context: { arguments: { guide: 'hive' } },
    })
    expect(language.completion.values).toEqual(['en'])
  })

  it('answers with citations from a prompt that carries the passages', async () => {
    const client = await connect(mcpApp(await sampleService()), era)
    const { messages } = await client.getPrompt({
      name: 'answer-with-citations',
      arguments: { question: 'register every hive at the counter', language: 'es' },
    })
    const [task, ...passages] = messages
    expect(task?.content).toMatchObject({
      type: 'text',
      text: expect.stringMatching(/^Answer in Spanish, only from the passages below: register/),
    })
    expect(passages.length).toBeGreaterThan(0)
    expect(passages[0]?.content).toMatchObject({
      type: 'resource',
      resource: { text: expect.stringContaining('Register every hive') },
      annotations: { lastModified: '2026-11-01T00:00:00Z' },
    })
    const ref = { type: 'ref/prompt', name: 'answer-with-citations' } as const
    const { completion } = await client.complete({
      ref,
      argument: { name: 'language', value: 'e' },
    })
    expect(completion.values).toEqual(['en', 'es'])
  })

  it('has the prompt say that the guides do not answer, instead of inventing', async () => {
    const client = await connect(mcpApp(await sampleService()), era)
    const { messages } = await client.getPrompt({
      name: 'answer-with-citations',
      arguments: { question: 'zzzz qqqq' },
    })
    expect(messages).toHaveLength(1)
    expect(JSON.stringify(messages)).toContain('NOT IN THE GUIDES')
  })

  it('checks sources from a prompt that holds the text between lines', async () => {
    const client = await connect(mcpApp(await sampleService()), era)
    const { messages } = await client.getPrompt({
      name: 'check-my-sources',
      arguments: { text: 'A guide says "bees fly".' },
    })
    const text = JSON.stringify(messages)
    expect(text).toContain('verify_citations')
    expect(text).toContain('A guide says \\"bees fly\\".')
  })

  it('refuses a prompt without its argument with -32602', async () => {
    const client = await connect(mcpApp(await sampleService()), era)
    await expect(client.getPrompt({ name: 'check-my-sources' })).rejects.toMatchObject({
      code: -32602,
    })
  })

  it('gives instructions', async () => {
    const client = await connect(mcpApp(await sampleService()), era)
    expect(client.getInstructions()).toBe(INSTRUCTIONS)
    expect(client.getServerVersion()).toMatchObject({ name: 'nss-copilot' })
  })
})

describe('a server whose index is replaced while a client stays connected', () => {
  it('answers tools, resources and completions from the new index', async () => {
    const first = await sampleService()
    let service = first
    const server = createMcpServer({ service: () => service })
    const [clientSide, serverSide] = InMemoryTransport.createLinkedPair()
    const client = new Client({ name: 'tests', version: '1.0.0' })
    await Promise.all([server.connect(serverSide), client.connect(clientSide)])
    onTestFinished(() => client.close())
    const ref = { type: 'ref/resource', uri: 'nss-copilot://guides/{guide}/{language}' } as const
    const seen = async () => {
      const { completion } = await client.complete({ ref, argument: { name: 'guide', value: '' } })
      const { resources } = await client.listResources()
      const read = await client.callTool({ name: 'fetch', arguments: { id: 'licence.es' } })
      return [completion.values, resources.length, read.isError === true]
    }
    expect(await seen()).toEqual([['first-year', 'licence', 'hive'], 4, false])
    const onlyHive = first.library.guides().filter(({ id }) => id === 'hive')
    const languagesOf = (id: string): Language[] => (id === 'hive' ? ['en'] : [])
    service = { ...first, library: { ...first.library, guides: () => onlyHive, languagesOf } }
    expect(await seen()).toEqual([['hive'], 1, true])
  })
})

describe('the instructions', () => {
  it('say what matters within the first 512 characters, in whole sentences', () => {
    const [lead = ''] = INSTRUCTIONS.split('\n')
    expect(lead.length).toBeLessThanOrEqual(512)
    for (const word of ['NSS', 'IMSS', 'retrieve', 'cite', 'not_in_corpus', 'verify_citations'])
      expect(lead).toContain(word)
    expect(lead).toMatch(/\.$/)
  })
})
