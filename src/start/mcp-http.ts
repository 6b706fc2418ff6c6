/** Composes the service's `/mcp` endpoint from its settings, queue and metrics. */
import { createCountedVerifier } from '../doors/http/counted-verifier.ts'
import type { McpEndpoint } from '../doors/http/mcp.ts'
import type { Metrics } from '../doors/http/metrics.ts'
import { createQueuedRetriever } from '../doors/http/queued-retriever.ts'
import type { RequestQueue } from '../doors/http/request-queue.ts'
import { createMcpHttpHandler, createServerFactory } from '../doors/mcp/http-handler.ts'
import type { McpPorts } from '../doors/mcp/mcp-deps.ts'
import type { Config } from './config.ts'
import type { Log } from './log.ts'
import type { ServedIndex } from './served-index.ts'

export type McpEndpointOptions = {
  readonly config: Pick<Config, 'HOST' | 'PUBLIC_BASE_URL' | 'ALLOWED_HOSTS' | 'MAX_BODY_BYTES'>
  /** The queue that questions over HTTP use as well. */
  readonly queue: RequestQueue
  /** The metrics that requests over HTTP use as well. */
  readonly metrics: Metrics
  readonly log: Log
  /** Called for every MCP call; throws while the index is loading. */
  readonly service: () => Pick<ServedIndex, 'library' | 'retriever' | 'verifier' | 'hold'>
}

/** Addresses that mean "listen on all interfaces" and so are no host names. */
const ANY_ADDRESS = new Set(['0.0.0.0', '::'])

/** Its `close` waits for running calls. */
export function createMcpEndpoint(
  options: McpEndpointOptions,
): McpEndpoint & { close(): Promise<void> } {
  const { config, log } = options
  const factory = createServerFactory({
    service: () => observed(options.service(), options),
    ...(config.PUBLIC_BASE_URL ? { websiteUrl: config.PUBLIC_BASE_URL } : {}),
    fault: (error, what) => log.fault(error, { method: what, path: '/mcp' }),
  })
  const { fetch, close } = createMcpHttpHandler(factory, { maxBodyBytes: config.MAX_BODY_BYTES })
  return { fetch, close, allowedHosts: allowedHosts(config) }
}

/** The ports of an index with queue and metrics in front. A question holds the index as soon as it starts to wait. */
function observed(
  { library, retriever, verifier, hold }: ReturnType<McpEndpointOptions['service']>,
  { queue, metrics, log }: McpEndpointOptions,
): McpPorts {
  const queued = createQueuedRetriever(retriever, { queue, metrics, log })
  return {
    library,
    verifier: createCountedVerifier(verifier, metrics),
    retriever: { retrieve: (request, options) => hold(() => queued.retrieve(request, options)) },
  }
}

function allowedHosts({ HOST, PUBLIC_BASE_URL, ALLOWED_HOSTS }: McpEndpointOptions['config']) {
  const own = ANY_ADDRESS.has(HOST) ? [] : [HOST.includes(':') ? `[${HOST}]` : HOST]
  const published = PUBLIC_BASE_URL ? [new URL(PUBLIC_BASE_URL).hostname] : []
  return [...own, ...published, ...ALLOWED_HOSTS]
}
