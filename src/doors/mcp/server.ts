/** Creates an MCP server from its dependencies: one per request over HTTP, one per connection over stdio. */
import { McpServer, type McpServerOptions } from '@modelcontextprotocol/server'
import { VERSION } from '../../engine/core/version.ts'
import { registerFetch } from './fetch.ts'
import { INSTRUCTIONS } from './instructions.ts'
import type { McpDeps, ToolProfile } from './mcp-deps.ts'
import { registerPrompts } from './prompts.ts'
import { registerQuickScan } from './quick-scan.ts'
import { registerResources } from './resources.ts'
import { registerRetrieve } from './retrieve.ts'
import { registerSearch } from './search.ts'
import { registerVerifyCitations } from './verify-citations.ts'

/** Lists change only with a new version or a replaced index. With this cache lifetime a client sees that within five minutes. */
const LIST_CACHE = { ttlMs: 300_000, cacheScope: 'public' } as const

const OPTIONS: McpServerOptions = {
  instructions: INSTRUCTIONS,
  capabilities: { tools: { listChanged: false } },
  cacheHints: { 'server/discover': LIST_CACHE, 'tools/list': LIST_CACHE },
}

const EVERYTHING: McpServerOptions = {
  ...OPTIONS,
  capabilities: {
    ...OPTIONS.capabilities,
    resources: { listChanged: false },
    prompts: { listChanged: false },
  },
  cacheHints: {
    ...OPTIONS.cacheHints,
    'resources/list': LIST_CACHE,
    'resources/templates/list': LIST_CACHE,
    'resources/read': LIST_CACHE,
    'prompts/list': LIST_CACHE,
  },
}

export function createMcpServer(deps: McpDeps, profile: ToolProfile = 'all'): McpServer {
  const info = {
    name: 'nss-copilot',
    title: 'NSS Copilot',
    version: VERSION,
    ...(deps.websiteUrl ? { websiteUrl: deps.websiteUrl } : {}),
  }
  const server = new McpServer(info, profile === 'all' ? EVERYTHING : OPTIONS)
  if (profile === 'all') registerRetrieve(server, deps)
  registerSearch(server, deps)
  registerFetch(server, deps)
  if (profile === 'all') {
    registerQuickScan(server, deps)
    registerVerifyCitations(server, deps)
    registerResources(server, deps)
    registerPrompts(server, deps)
  }
  return server
}
