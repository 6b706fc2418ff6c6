/** The tool `search`, in exactly the form that ChatGPT connectors and deep research require. */
import type { CallToolResult, McpServer } from '@modelcontextprotocol/server'
import * as z from 'zod'
import {
  type RetrievalResponse,
  type RetrievedPassage,
  retrievalRequestSchema,
} from '../../engine/core/retrieval.ts'
import type { McpDeps } from './mcp-deps.ts'
import { firstThatFits } from './result-size.ts'
import { jsonResult, READ_ONLY, runTool } from './tool-result.ts'

/** Search results are skimmed as a list, so there may be more passages than `retrieve` returns by default (5). */
const LIMIT = 10
/** Room for ten passages of up to 220 tokens, the chunker's limit, with some to spare. */
const MAX_PASSAGE_TOKENS = 3000

/** The form of the result is fixed by connectors, so the answerability verdict goes into `_meta`. */
const ANSWERABILITY_KEY = 'nss-copilot/answerability'

// Not strict: some connectors send additional fields of their own, which are ignored.
const searchInputSchema = z.object({ query: retrievalRequestSchema.shape.query })

const searchOutputSchema = z.object({
  results: z.array(
    z.object({
      id: z.string().describe('What fetch takes'),
      title: z.string(),
      url: z.string().describe('Opens the guide at the heading of the passage'),
      text: z.string().describe('The passage, word for word'),
    }),
  ),
})

export function registerSearch(server: McpServer, deps: McpDeps): void {
  server.registerTool(
    'search',
    {
      title: 'Search the guides',
      description:
        'Finds passages of guides about Mexican social-security paperwork for foreigners (NSS, IMSS, CURP, RFC, residence card, clinics, coverage, Afore, documents), best first, each with an id for fetch and a URL to cite. Use it for questions on these subjects in English or Spanish. An empty list means that the guides do not answer: say so. Not for news, other countries, personal records or case status. Where retrieve is offered, use that: it returns more.',
      inputSchema: searchInputSchema,
      outputSchema: searchOutputSchema,
      annotations: READ_ONLY,
    },
    ({ query }, ctx) =>
      runTool(deps, 'search', async ({ retriever }) => {
        const request = retrievalRequestSchema.parse({
          query,
          limit: LIMIT,
          maxTokens: MAX_PASSAGE_TOKENS,
          quickScan: false,
        })
        const found = await retriever.retrieve(request, { signal: ctx.mcpReq.signal })
        return firstThatFits(shorterAndShorter(found), deps.maxResultTokens)
      }),
  )
}

function* shorterAndShorter(found: RetrievalResponse): Generator<CallToolResult> {
  for (let count = found.passages.length; count >= 0; count--) {
    const results = found.passages.slice(0, count).map(toHit)
    yield { ...jsonResult({ results }), _meta: { [ANSWERABILITY_KEY]: found.answerability } }
  }
}

function toHit({ id, guide, headingPath, citation, text }: RetrievedPassage) {
  return { id, title: [guide.title, ...headingPath].join(' > '), url: citation.url, text }
}
