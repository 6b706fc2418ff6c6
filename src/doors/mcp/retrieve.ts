/** The tool `retrieve`: same input and output as `/retrieve`, plus the answer as text and links to the passages. */
import type { CallToolResult, ContentBlock, McpServer } from '@modelcontextprotocol/server'
import {
  type RetrievalResponse,
  type RetrievedPassage,
  retrievalRequestSchema,
  retrievalResponseSchema,
} from '../../engine/core/retrieval.ts'
import type { McpDeps } from './mcp-deps.ts'
import { passageUri, toTimestamp } from './resource-uri.ts'
import { firstThatFits } from './result-size.ts'
import { readableAnswer, type TextOptions } from './result-text.ts'
import { READ_ONLY, runTool } from './tool-result.ts'

// Without `format`: MCP has no content type for the blocks of the `anthropic` format.
const inputSchema = retrievalRequestSchema.omit({ format: true })

export function registerRetrieve(server: McpServer, deps: McpDeps): void {
  server.registerTool(
    'retrieve',
    {
      title: 'Retrieve cited passages',
      description:
        'Answers a question about Mexican social-security paperwork for foreigners (NSS, IMSS, CURP, RFC, residence card, clinics, coverage, Afore, documents) with ranked passages, each with a checkable citation (URL, exact quote, offsets, official sources), a verdict on whether the guides answer it at all, the quick scan of the best guide and where to read next. Use it first for any question on these subjects, in the words and language of the user. When the verdict is not_in_corpus, say that the guides do not answer. Not for news, other countries, personal records or case status.',
      inputSchema,
      outputSchema: retrievalResponseSchema,
      annotations: READ_ONLY,
    },
    (args, ctx) =>
      runTool(deps, 'retrieve', async ({ retriever }) => {
        const request = retrievalRequestSchema.parse({ ...args, format: 'json' })
        const found = await retriever.retrieve(request, { signal: ctx.mcpReq.signal })
        return firstThatFits(shorterAndShorter(found), deps.maxResultTokens)
      }),
  )
}

/**
 * The answer in ever shorter versions: whole, without the long lists of the explanation, with shorter text, without the
 * quick scan, and finally with ever fewer passages.
 */
function* shorterAndShorter(found: RetrievalResponse): Generator<CallToolResult> {
  yield toResult(found)
  const { explain } = found
  const brief = explain ? { ...found, explain: { ...explain, collapsed: [], omitted: [] } } : found
  if (explain) yield toResult(brief)
  yield toResult(brief, { brief: true })
  const quickScanLeftOut = found.quickScan !== null
  const bare = { ...brief, quickScan: null }
  if (quickScanLeftOut) yield toResult(bare, { quickScanLeftOut })
  for (let count = found.passages.length - 1; count > 0; count--) {
    const passages = found.passages.slice(0, count)
    const omitted = found.omitted + found.passages.length - count
    yield toResult({ ...bare, passages, omitted }, { brief: true, quickScanLeftOut })
  }
}

function toResult(found: RetrievalResponse, options: TextOptions = {}): CallToolResult {
  return {
    content: [
      { type: 'text', text: readableAnswer(found, options) },
      ...found.passages.map(toLink),
    ],
    structuredContent: { ...found },
  }
}

/** `priority` is the probability that the passage answers the question; `lastModified` is when its guide was last changed. */
function toLink({ id, guide, headingPath, score, citation }: RetrievedPassage): ContentBlock {
  return {
    type: 'resource_link',
    uri: passageUri(id),
    name: id,
    title: [guide.title, ...headingPath].join(' > '),
    mimeType: 'text/markdown',
    annotations: {
      audience: ['user', 'assistant'],
      priority: score,
      lastModified: toTimestamp(citation.updated),
    },
  }
}
