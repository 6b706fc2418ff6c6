/** The tools, resources and prompts without input that the conformance runner asks for by name. */
import {
  completable,
  fromJsonSchema,
  type McpServer,
  ResourceTemplate,
} from '@modelcontextprotocol/server'
import * as z from 'zod'

/** One red pixel, and a wave file without a sample. */
const PNG =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg=='
const WAV = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA='
const PAUSE_MS = 50

export const pause = () => new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
export const text = (words: string) => ({ type: 'text' as const, text: words })
export const image = { type: 'image' as const, data: PNG, mimeType: 'image/png' }
const described = (name: string) => ({
  description: `What the conformance runner asks ${name} for`,
})

const NESTED_SCHEMA = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  type: 'object',
  $defs: {
    address: {
      $anchor: 'addressDef',
      type: 'object',
      properties: { street: { type: 'string' }, city: { type: 'string' } },
    },
  },
  properties: {
    name: { type: 'string' },
    address: { $ref: '#/$defs/address' },
    contactMethod: { type: 'string', enum: ['phone', 'email'] },
    phone: { type: 'string' },
    email: { type: 'string' },
  },
  allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
  if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { required: ['phone'] },
  else: { required: ['email'] },
  additionalProperties: false,
}

export function registerContent(server: McpServer): void {
  const tool = (name: string, answer: () => Content) =>
    server.registerTool(name, described(name), async () => content(answer()))
  tool('test_simple_text', () => [text('This is a simple text response for testing.')])
  tool('test_image_content', () => [image])
  tool('test_audio_content', () => [{ type: 'audio', data: WAV, mimeType: 'audio/wav' }])
  tool('test_embedded_resource', () => [
    {
      type: 'resource',
      resource: {
        uri: 'test://embedded-resource',
        mimeType: 'text/plain',
        text: 'This is an embedded resource content.',
      },
    },
  ])
  tool('test_multiple_content_types', () => [
    text('Multiple content types test:'),
    image,
    {
      type: 'resource',
      resource: {
        uri: 'test://mixed-content-resource',
        mimeType: 'application/json',
        text: '{"test":"data","value":123}',
      },
    },
  ])
  tool('test_error_handling', () => {
    throw new Error('This tool intentionally returns an error for testing')
  })
  server.registerTool(
    'json_schema_2020_12_tool',
    {
      ...described('json_schema_2020_12_tool'),
      inputSchema: fromJsonSchema(NESTED_SCHEMA),
    },
    async () => content([text('ok')]),
  )
  registerNotifying(server)
  registerResources(server)
  registerPrompts(server)
}

type Content = readonly (
  | { type: 'text'; text: string }
  | { type: 'image' | 'audio'; data: string; mimeType: string }
  | { type: 'resource'; resource: { uri: string; mimeType: string; text: string } }
)[]
const content = (items: Content) => ({ content: [...items] })

/** Tools that speak before they answer. */
function registerNotifying(server: McpServer): void {
  server.registerTool(
    'test_tool_with_logging',
    described('test_tool_with_logging'),
    async (ctx) => {
      for (const step of ['started', 'processing data', 'completed']) {
        const words = step === 'processing data' ? 'Tool processing data' : `Tool execution ${step}`
        await ctx.mcpReq.log('info', words)
        await pause()
      }
      return content([text('Logged three times.')])
    },
  )
  server.registerTool('test_logging_tool', described('test_logging_tool'), async (ctx) => {
    await ctx.mcpReq.log('info', 'Only for those who asked for logs')
    return content([text('Logged if asked.')])
  })
  server.registerTool(
    'test_tool_with_progress',
    described('test_tool_with_progress'),
    async (ctx) => {
      const progressToken = ctx.mcpReq._meta?.progressToken
      for (const progress of [0, 50, 100]) {
        if (progressToken !== undefined) {
          await ctx.mcpReq.notify({
            method: 'notifications/progress',
            params: { progressToken, progress, total: 100 },
          })
        }
        await pause()
      }
      return content([text('Progressed to the end.')])
    },
  )
  server.registerTool('test_reconnection', described('test_reconnection'), async (ctx) => {
    ctx.http?.closeSSE?.()
    await pause()
    return content([text('The stream was closed meanwhile.')])
  })
}

function registerResources(server: McpServer): void {
  const plain = { mimeType: 'text/plain' }
  server.registerResource('static text', 'test://static-text', plain, (uri) => ({
    contents: [
      { uri: uri.href, ...plain, text: 'This is the content of the static text resource.' },
    ],
  }))
  server.registerResource('watched', 'test://watched-resource', plain, (uri) => ({
    contents: [{ uri: uri.href, ...plain, text: 'This is watched.' }],
  }))
  server.registerResource('binary', 'test://static-binary', { mimeType: 'image/png' }, (uri) => ({
    contents: [{ uri: uri.href, mimeType: 'image/png', blob: PNG }],
  }))
  server.registerResource(
    'template',
    new ResourceTemplate('test://template/{id}/data', { list: undefined }),
    { mimeType: 'application/json' },
    (uri, { id }) => ({
      contents: [
        {
          uri: uri.href,
          mimeType: 'application/json',
          text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
        },
      ],
    }),
  )
}

function registerPrompts(server: McpServer): void {
  const user = <C>(item: C) => ({ role: 'user' as const, content: item })
  server.registerPrompt('test_simple_prompt', described('test_simple_prompt'), () => ({
    messages: [user(text('This is a simple prompt for testing.'))],
  }))
  server.registerPrompt(
    'test_prompt_with_arguments',
    {
      ...described('test_prompt_with_arguments'),
      argsSchema: z.object({
        arg1: completable(z.string(), (begun) =>
          ['paris', 'park', 'party'].filter((word) => word.startsWith(begun)),
        ),
        arg2: z.string(),
      }),
    },
    ({ arg1, arg2 }) => ({
      messages: [user(text(`Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))],
    }),
  )
  server.registerPrompt(
    'test_prompt_with_embedded_resource',
    {
      ...described('test_prompt_with_embedded_resource'),
      argsSchema: z.object({ resourceUri: z.string() }),
    },
    ({ resourceUri }) => ({
      messages: [
        user({
          type: 'resource' as const,
          resource: {
            uri: resourceUri,
            mimeType: 'text/plain',
            text: 'Embedded resource content for testing.',
          },
        }),
        user(text('Please process the embedded resource above.')),
      ],
    }),
  )
  server.registerPrompt('test_prompt_with_image', described('test_prompt_with_image'), () => ({
    messages: [user(image), user(text('Please analyze the image above.'))],
  }))
}
