/** The tool `fetch`, in exactly the form that ChatGPT connectors and deep research require. */
import type { CallToolResult, McpServer } from '@modelcontextprotocol/server'
import * as z from 'zod'
import type { Citation } from '../../engine/core/citation.ts'
import type { Guide } from '../../engine/core/guide.ts'
import type { Library, PassageView } from '../../engine/core/library.ts'
import { findTarget, sectionStart } from './fetch-target.ts'
import type { McpDeps } from './mcp-deps.ts'
import { firstThatFits } from './result-size.ts'
import { sourceLine } from './result-text.ts'
import { inLanguage, jsonResult, localeOf, READ_ONLY, runTool } from './tool-result.ts'

const fetchInputSchema = z.object({
  id: z
    .string()
    .min(1)
    .max(4000)
    .describe(
      'A passage id from search, or a guide: nss, nss.es, or nss.en#cost to go on from there',
    ),
})

const fetchOutputSchema = z.object({
  id: z.string(),
  title: z.string(),
  text: z.string(),
  url: z.string(),
  metadata: z.record(z.string(), z.string()),
})
type Fetched = z.infer<typeof fetchOutputSchema>

export function registerFetch(server: McpServer, deps: McpDeps): void {
  server.registerTool(
    'fetch',
    {
      title: 'Read a passage or a guide',
      description:
        'Returns the exact text of one passage (id from search) with what a citation needs: URL, offsets, hash, official sources with the day they were last verified, and the ids of the passages before and after it. With a guide id (nss, or nss.es for Spanish) it returns the whole guide. Use it after search, to read on around a passage or to quote exactly. Not for web addresses outside these guides.',
      inputSchema: fetchInputSchema,
      outputSchema: fetchOutputSchema,
      annotations: READ_ONLY,
    },
    ({ id }, ctx) =>
      runTool(deps, 'fetch', ({ library }) => {
        const target = findTarget(id, library, localeOf(ctx))
        if (target.kind === 'passage') return jsonResult(toFetchedPassage(target.view))
        const { guide, from } = target
        const result = firstThatFits(fewerSections(guide, from, library), deps.maxResultTokens)
        return inLanguage(result, guide.meta.language)
      }),
  )
}

function toFetchedPassage({ passage, citation, guide, previous, next }: PassageView): Fetched {
  return {
    id: passage.id,
    title: [guide.title, ...passage.headingPath].join(' > '),
    text: passage.text,
    url: citation.url,
    metadata: {
      kind: 'passage',
      guide: guide.id,
      language: guide.language,
      ...citationMetadata(citation),
      ...(previous ? { previous } : {}),
      ...(next ? { next } : {}),
    },
  }
}

/** Every value is a string, because connectors accept nothing else in `metadata`. */
function citationMetadata(citation: Citation): Record<string, string> {
  return {
    textFragmentUrl: citation.textFragmentUrl,
    start: String(citation.start),
    end: String(citation.end),
    guideSha256: citation.guideSha256,
    sources: citation.sources.map(sourceLine).join('; '),
    updated: citation.updated,
    stale: String(citation.stale),
  }
}

/** The guide starting at a section: first the whole rest, then with ever fewer sections and a note on how to continue. */
function* fewerSections(guide: Guide, from: number, library: Library): Generator<CallToolResult> {
  const { sections } = guide
  for (let to = Math.max(sections.length, from + 1); to > from; to--) {
    yield jsonResult(toFetchedGuide(guide, from, to, library))
  }
}

function toFetchedGuide(guide: Guide, from: number, to: number, library: Library): Fetched {
  const { meta, sections, text, sha256 } = guide
  const key = `${meta.id}.${meta.language}`
  const [first, next] = [sections[from], sections[to]]
  const start = from === 0 || !first ? 0 : sectionStart(first)
  const end = next ? sectionStart(next) : text.length
  const nextId = next ? `${key}#${next.anchor}` : undefined
  const cut = nextId
    ? `\n\n[Cut here for length: ${sections.length - to} of ${sections.length} sections follow. Continue with fetch, id "${nextId}".]`
    : ''
  const link = library.link(meta)
  return {
    id: from === 0 || !first ? key : `${key}#${first.anchor}`,
    title: link.title,
    text: (nextId ? text.slice(start, end).trimEnd() : text.slice(start, end)) + cut,
    url: from === 0 || !first ? link.url : `${link.url}#${first.anchor}`,
    metadata: {
      kind: 'guide',
      guide: meta.id,
      language: meta.language,
      languages: library.languagesOf(meta.id).join(','),
      start: String(start),
      end: String(end),
      guideSha256: sha256,
      updated: meta.updated,
      stale: String(library.isStale(meta)),
      ...(nextId ? { next: nextId } : {}),
    },
  }
}
