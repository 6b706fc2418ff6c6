/** The MCP endpoint of the HTTP service, composed from its settings. */
import { createCountedVerifier } from '../doors/http/counted-verifier.ts'
import type { McpEndpoint } from '../doors/http/mcp.ts'
import type { Metrics } from '../doors/http/metrics.ts'
import { createQueuedRetriever } from '../doors/http/queued-retriever.ts'
import type { RequestQueue } from '../doors/http/request-queue.ts'
import type { ReadyService } from '../doors/http/service-state.ts'
import { createMcpHttpHandler, createServerFactory } from '../doors/mcp/http-handler.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'

export type McpEndpointOptions = {
  readonly config: Pick<Config, 'HOST' | 'PUBLIC_BASE_URL' | 'ALLOWED_HOSTS' | 'MAX_BODY_BYTES'>
  /** The same queue as for questions over HTTP. */
  readonly queue: RequestQueue
  /** The same counters. */
  readonly metrics: Metrics
  readonly log: Log
  /** Throws while the index loads. */
  readonly service: () => ReadyService
}

const ANY_ADDRESS = new Set(['0.0.0.0', '::'])

export function createMcpEndpoint({
  config,
  queue,
  metrics,
  log,
  service,
}: McpEndpointOptions): McpEndpoint & { close(): Promise<void> } {
  const { HOST, PUBLIC_BASE_URL, ALLOWED_HOSTS, MAX_BODY_BYTES } = config
  const factory = createServerFactory({
    service: () => {
      const { library, retriever, verifier } = service()
      return {
        library,
        verifier: createCountedVerifier(verifier, metrics),
        retriever: createQueuedRetriever(retriever, { queue, metrics, log }),
      }
    },
    ...(PUBLIC_BASE_URL ? { websiteUrl: PUBLIC_BASE_URL } : {}),
    fault: (error, what) => log.fault(error, { method: what, path: '/mcp' }),
  })
  const { fetch, close } = createMcpHttpHandler(factory, { maxBodyBytes: MAX_BODY_BYTES })
  const own = ANY_ADDRESS.has(HOST) ? [] : [HOST.includes(':') ? `[${HOST}]` : HOST]
  const published = PUBLIC_BASE_URL ? [new URL(PUBLIC_BASE_URL).hostname] : []
  return { fetch, close, allowedHosts: [...own, ...published, ...ALLOWED_HOSTS] }
}
