/**
 * The table of routes. It determines what is mounted, the OpenAPI document, the `Allow` header of 405 responses, which
 * requests count towards the rate limit, and the labels of the metrics.
 */
import type { LoadGuideRenderer } from '../../engine/core/guide-renderer.ts'
import type { Retriever } from '../../engine/core/retrieval.ts'
import type { Verifier } from '../../engine/core/verification.ts'
import { createGuideHandlers } from './guides.ts'
import { createMcpHandler, type McpEndpoint } from './mcp.ts'
import type { Metrics } from './metrics.ts'
import { createDocsHandlers } from './openapi/docs-handlers.ts'
import * as operations from './openapi/operations.ts'
import { DOCS_POLICY, PAGE_POLICY } from './pages/content-policy.ts'
import { createPageHandlers } from './pages/page-handlers.ts'
import { createSiteFileHandlers } from './pages/site-files.ts'
import { createRetrieveHandlers } from './retrieve.ts'
import type { Route } from './route.ts'
import { readyService, type ServiceState } from './service-state.ts'
import { createStatusHandlers } from './status.ts'
import { createVerifyHandler } from './verify.ts'

export type RouteDeps = {
  /** Called for every request, because the index can be replaced while the service runs. */
  readonly state: () => ServiceState
  /** Puts every question through the queue, whatever its route. Throws while the service is not ready. */
  readonly retriever: () => Retriever
  readonly verifier: () => Verifier
  readonly renderer: LoadGuideRenderer
  readonly metrics: Metrics
  readonly inFlight: () => number
  readonly maxBodyBytes: number
  readonly corsOrigins: readonly string[]
  /** Without it, `/mcp` responds with 404. */
  readonly mcp?: McpEndpoint | undefined
}

export function createRoutes(deps: RouteDeps): readonly Route[] {
  const service = () => readyService(deps.state())
  const library = () => service().library
  const retrieve = createRetrieveHandlers(deps)
  const guides = createGuideHandlers({ library, renderer: deps.renderer })
  const pages = createPageHandlers({ ...deps, library })
  const files = createSiteFileHandlers(library)
  const docs = createDocsHandlers({ service, routes: () => routes })
  const status = createStatusHandlers(deps)
  const routes: readonly Route[] = [
    {
      path: '/retrieve',
      isLimited: true,
      GET: [retrieve.byQuery, operations.retrieveByAddress],
      POST: [retrieve.byBody, operations.retrieve],
    },
    { path: '/verify', isLimited: true, POST: [createVerifyHandler(deps), operations.verify] },
    ...mcpRoute(deps, service),

    { path: '/guides', policy: PAGE_POLICY, GET: [guides.list, operations.listGuides] },
    { path: '/guides.json', GET: [guides.listAsData, operations.listGuidesData] },
    {
      path: '/guides/:file',
      policy: PAGE_POLICY,
      GET: [guides.guide, operations.readGuide, operations.readGuideText, operations.readGuideData],
    },
    { path: '/guides/:id/quick-scan', GET: [guides.quickScan, operations.quickScan] },
    { path: '/passages/:id', GET: [guides.passage, operations.readPassage] },

    { path: '/', policy: PAGE_POLICY, GET: [pages.home] },
    { path: '/ask', isLimited: true, policy: PAGE_POLICY, GET: [pages.ask] },
    { path: '/assets/site.css', GET: [files.style] },
    { path: '/favicon.svg', GET: [files.favicon] },
    { path: '/robots.txt', GET: [files.robots] },
    { path: '/sitemap.xml', GET: [files.siteMap] },
    { path: '/llms.txt', GET: [files.llms, operations.llmsText] },
    { path: '/llms-full.txt', GET: [files.llmsFull, operations.llmsFullText] },

    { path: '/openapi.json', GET: [docs.document] },
    { path: '/docs', policy: DOCS_POLICY, GET: [docs.page] },
    { path: '/docs/style.css', GET: [docs.style] },
    { path: '/docs/try.js', GET: [docs.script] },

    { path: '/health', GET: [status.health, operations.health] },
    { path: '/ready', GET: [status.ready, operations.ready] },
    { path: '/metrics', GET: [status.metrics, operations.metrics] },
  ]
  return routes
}

function mcpRoute({ mcp, corsOrigins }: RouteDeps, checkReady: () => void): Route[] {
  if (!mcp) return []
  const handler = createMcpHandler({ endpoint: mcp, corsOrigins, checkReady })
  return [{ path: '/mcp', isLimited: true, ALL: [handler] }]
}
