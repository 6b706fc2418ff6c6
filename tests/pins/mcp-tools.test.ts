/** The public shape of the MCP tools, frozen: a client that was set up yesterday must find the same today. */
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { VERSION } from '../../src/engine/core/version.ts'
import { connect, ERAS, mcpApp, sampleService } from '../doors/mcp/connected.ts'

const READ_ONLY = {
  readOnlyHint: true,
  destructiveHint: false,
  idempotentHint: true,
  openWorldHint: false,
}

async function tools(era: (typeof ERAS)[number]) {
  const client = await connect(mcpApp(await sampleService()), era)
  return (await client.listTools()).tools
}

/** A schema without its words and defaults of a client: names, types, bounds. */
function shapeOf(schema: unknown): unknown {
  return JSON.parse(
    JSON.stringify(schema, (key, value) => (key === 'description' ? undefined : value)),
  )
}

const notBoth = (a: string, b: string) => ({
  not: { properties: { [a]: { type: 'string' }, [b]: { type: 'string' } }, required: [a, b] },
})

/** Not blank, no control characters. */
const QUERY = {
  type: 'string',
  minLength: 1,
  maxLength: 1000,
  pattern:
    '^[^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f\\ufeff][^\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f]*$',
}

describe.each(ERAS)('the tools of %s', (era) => {
  it('have these names, in this order, and only read', async () => {
    const listed = await tools(era)
    expect(listed.map(({ name, title }) => [name, title])).toEqual([
      ['retrieve', 'Retrieve cited passages'],
      ['search', 'Search the guides'],
      ['fetch', 'Read a passage or a guide'],
      ['quick_scan', 'Quick scan of a guide'],
      ['verify_citations', 'Check quotes against the guides'],
    ])
    for (const tool of listed) {
      expect(tool.annotations).toEqual(READ_ONLY)
      expect(tool.description?.length).toBeGreaterThan(150)
      expect(tool.description).toMatch(/\bUse it\b/)
      expect(tool.description).toMatch(/\b(Not for|It does not|For a question, use)\b/)
    }
  })

  it('take these arguments', async () => {
    const inputs = Object.fromEntries(
      (await tools(era)).map(({ name, inputSchema }) => [name, shapeOf(inputSchema)]),
    )
    const { $schema, ...search } = inputs.search as Record<string, unknown>
    expect($schema).toBe('https://json-schema.org/draft/2020-12/schema')
    // Exactly one string each: what the compatibility check of ChatGPT looks at.
    expect(search).toEqual({
      type: 'object',
      properties: { query: QUERY },
      required: ['query'],
    })
    expect(inputs.fetch).toEqual({
      $schema,
      type: 'object',
      properties: { id: { type: 'string', minLength: 1, maxLength: 4000 } },
      required: ['id'],
    })
    expect(inputs.quick_scan).toEqual({
      $schema,
      type: 'object',
      properties: {
        guide: { type: 'string', minLength: 1, maxLength: 80 },
        language: { type: 'string', enum: ['en', 'es'] },
      },
      required: ['guide'],
      additionalProperties: false,
    })
    expect(inputs.retrieve).toEqual({
      $schema,
      type: 'object',
      properties: {
        query: QUERY,
        limit: { type: 'integer', minimum: 1, maximum: 20, default: 5 },
        maxTokens: { type: 'integer', minimum: 100, maximum: 8000, default: 1500 },
        languages: {
          type: 'array',
          items: { type: 'string', enum: ['en', 'es'] },
          minItems: 1,
          maxItems: 2,
        },
        guides: {
          type: 'array',
          items: { type: 'string', minLength: 1, maxLength: 80 },
          minItems: 1,
          maxItems: 50,
        },
        minAuthority: {
          type: 'string',
          enum: ['official', 'law', 'secondary'],
          default: 'secondary',
        },
        quickScan: { type: 'boolean', default: true },
        explain: { type: 'boolean', default: false },
      },
      required: ['query'],
      additionalProperties: false,
    })
    expect(inputs.verify_citations).toEqual({
      $schema,
      type: 'object',
      properties: {
        citations: {
          type: 'array',
          minItems: 1,
          maxItems: 100,
          items: {
            type: 'object',
            properties: {
              quote: { type: 'string', minLength: 1, maxLength: 5000 },
              url: { type: 'string', minLength: 1, maxLength: 4000 },
              guide: { type: 'string', minLength: 1, maxLength: 80 },
              passage: { type: 'string', minLength: 1, maxLength: 200 },
              language: { type: 'string', enum: ['en', 'es'] },
            },
            required: ['quote'],
            additionalProperties: false,
            allOf: [
              notBoth('url', 'guide'),
              notBoth('url', 'passage'),
              notBoth('guide', 'passage'),
            ],
          },
        },
      },
      required: ['citations'],
      additionalProperties: false,
    })
  })

  it('promise these fields', async () => {
    const outputs = Object.fromEntries(
      (await tools(era)).map(({ name, outputSchema }) => [
        name,
        { all: Object.keys(outputSchema?.properties ?? {}), required: outputSchema?.required },
      ]),
    )
    expect(outputs).toEqual({
      search: { all: ['results'], required: ['results'] },
      fetch: {
        all: ['id', 'title', 'text', 'url', 'metadata'],
        required: ['id', 'title', 'text', 'url', 'metadata'],
      },
      retrieve: {
        all: [
          'query',
          'language',
          'answerability',
          'passages',
          'quickScan',
          'paths',
          'nearest',
          'omitted',
          'mode',
          'degraded',
          'reranker',
          'rerankerReason',
          'index',
          'tookMs',
          'explain',
        ],
        required: [
          'query',
          'language',
          'answerability',
          'passages',
          'quickScan',
          'paths',
          'omitted',
          'mode',
          'degraded',
          'reranker',
          'index',
          'tookMs',
        ],
      },
      quick_scan: {
        all: [
          'guide',
          'bestFor',
          'helpsYouDo',
          'coreQuestions',
          'officialBodies',
          'chips',
          'facts',
          'fixFirst',
          'updated',
          'stale',
        ],
        required: [
          'guide',
          'bestFor',
          'helpsYouDo',
          'coreQuestions',
          'officialBodies',
          'chips',
          'facts',
          'fixFirst',
          'updated',
          'stale',
        ],
      },
      verify_citations: { all: ['results', 'index'], required: ['results', 'index'] },
    })
  })

  it('have these prompts and templates', async () => {
    const client = await connect(mcpApp(await sampleService()), era)
    const { prompts } = await client.listPrompts()
    const taken = prompts.map(({ name, arguments: args }) => [
      name,
      args?.map((arg) => [arg.name, arg.required === true]),
    ])
    expect(taken).toEqual([
      [
        'answer-with-citations',
        [
          ['question', true],
          ['language', false],
        ],
      ],
      ['check-my-sources', [['text', true]]],
    ])
  })
})

it('the version is that of package.json', () => {
  expect(VERSION).toBe(JSON.parse(readFileSync('package.json', 'utf8')).version)
})
