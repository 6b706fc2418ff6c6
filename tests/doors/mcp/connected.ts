/** A real MCP client of either era, talking to the app in process. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { onTestFinished } from 'vitest'
import { createApp } from '../../../src/doors/http/app.ts'
import type { ServiceState } from '../../../src/doors/http/service-state.ts'
import { createMcpHttpHandler, createServerFactory } from '../../../src/doors/mcp/http-handler.ts'
import type { McpDeps, McpPorts } from '../../../src/doors/mcp/mcp-deps.ts'
import { sampleRetriever } from '../../fixtures/built-index.ts'
import { renderer } from '../../fixtures/renderer.ts'

export type Era = '2026-07-28' | '2025-11-25'
export const ERAS: readonly Era[] = ['2026-07-28', '2025-11-25']

type AppOptions = {
  readonly deps?: Partial<McpDeps>
  readonly maxBodyBytes?: number
  readonly allowedHosts?: readonly string[]
  readonly corsOrigins?: readonly string[]
  readonly starting?: boolean
}

/** The app over given ports, with `/mcp` mounted as the service mounts it. */
export function mcpApp(service: McpPorts, options: AppOptions = {}) {
  const handler = createMcpHttpHandler(
    createServerFactory({ service: () => service, ...options.deps }),
    { maxBodyBytes: options.maxBodyBytes ?? 65_536 },
  )
  const ready = { ...service, modelId: 'hashing', hasModel: true, vectorIndex: 'flat' }
  const state = (
    options.starting ? { status: 'starting' } : { status: 'ready', service: ready }
  ) as ServiceState // literals widen in an object
  return createApp({
    state: () => state,
    maxBodyBytes: options.maxBodyBytes ?? 65_536,
    renderer,
    maxQueue: 16,
    corsOrigins: options.corsOrigins ?? [],
    mcp: { fetch: handler.fetch, allowedHosts: options.allowedHosts ?? [] },
  })
}

export async function sampleService(): Promise<McpPorts> {
  const { retriever, library, verifier } = await sampleRetriever()
  return { retriever, library, verifier }
}

/** Connects; the test's end closes. The client checks structured content against the declared schemas. */
export async function connect(
  app: { request: (request: Request) => Response | Promise<Response> },
  era: Era,
  path = '/mcp',
): Promise<Client> {
  const client = new Client(
    { name: 'tests', version: '1.0.0' },
    { versionNegotiation: { mode: era === '2026-07-28' ? { pin: era } : 'legacy' } },
  )
  const transport = new StreamableHTTPClientTransport(new URL(`http://localhost${path}`), {
    fetch: async (url, init) => app.request(new Request(url, init)),
  })
  await client.connect(transport)
  onTestFinished(() => client.close())
  return client
}

type Content = readonly { readonly type: string; readonly text?: string }[]

/** The text items of a result. */
export function textsOf(result: { content?: unknown }): string[] {
  // Every tool result holds a list of content items.
  return (result.content as Content).flatMap((item) =>
    item.type === 'text' ? [item.text ?? ''] : [],
  )
}

/** The structured content, as loose as a client sees it. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into it field by field
export function structuredOf(result: { structuredContent?: unknown }): any {
  return result.structuredContent
}
