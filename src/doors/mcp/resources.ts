/** Guides and passages as MCP resources, with completion of their ids. */
import {
  type McpServer,
  type ReadResourceResult,
  type Resource,
  ResourceNotFoundError,
  ResourceTemplate,
} from '@modelcontextprotocol/server'
import type { GuideSummary } from '../../engine/core/guide-document.ts'
import { LANGUAGES, type Language, languageSchema } from '../../engine/core/language.ts'
import type { Library } from '../../engine/core/library.ts'
import type { McpDeps } from './mcp-deps.ts'
import { GUIDE_TEMPLATE, guideUri, PASSAGE_TEMPLATE, toTimestamp } from './resource-uri.ts'

const MARKDOWN = 'text/markdown'
const AUDIENCE: ('user' | 'assistant')[] = ['user', 'assistant']
/** MCP priorities, from 0 to 1. Guides past their review date rank below all others. */
const PRIORITY = { fresh: 0.8, stale: 0.3 }

/** Texts change only when the index is replaced. With this cache lifetime a client sees new ones within five minutes. */
const CACHE = { ttlMs: 300_000, cacheScope: 'public' } as const

export function registerResources(server: McpServer, deps: McpDeps): void {
  const library = async (): Promise<Library> => (await deps.service()).library
  registerGuides(server, library)
  registerPassages(server, library)
}

function registerGuides(server: McpServer, library: () => Promise<Library>): void {
  const template = new ResourceTemplate(GUIDE_TEMPLATE, {
    list: async () => ({ resources: (await library()).guides().map(toResource) }),
    complete: {
      guide: async (begun) => {
        const ids = new Set((await library()).guides().map(({ id }) => id))
        return [...ids].filter((id) => id.startsWith(begun.toLowerCase()))
      },
      language: async (begun, context) => {
        const id = context?.arguments?.guide
        const written: readonly Language[] = id ? (await library()).languagesOf(id) : LANGUAGES
        return written.filter((language) => language.startsWith(begun.toLowerCase()))
      },
    },
  })
  const about = {
    title: 'Guide',
    description: 'The whole text of a guide, in Markdown; offsets of citations point into it',
    mimeType: MARKDOWN,
    cacheHint: CACHE,
  }
  server.registerResource('guide', template, about, async (uri, { guide: id, language }) => {
    const from = await library()
    const wanted = languageSchema.safeParse(language)
    const guide = wanted.success ? from.guide(String(id), wanted.data) : undefined
    if (!guide) throw new ResourceNotFoundError(uri.href)
    const { url } = from.link(guide.meta)
    return oneText(uri, guide.text, {
      'nss-copilot/sha256': guide.sha256,
      'nss-copilot/url': url,
    })
  })
}

function registerPassages(server: McpServer, library: () => Promise<Library>): void {
  // There are hundreds of passages, so they are not listed: clients find them by search.
  const template = new ResourceTemplate(PASSAGE_TEMPLATE, { list: undefined })
  const about = {
    title: 'Passage',
    description: 'One passage of a guide, word for word, with its citation',
    mimeType: MARKDOWN,
    cacheHint: CACHE,
  }
  server.registerResource('passage', template, about, async (uri, { passage: id }) => {
    const view = (await library()).passage(String(id))
    if (!view) throw new ResourceNotFoundError(uri.href)
    return oneText(uri, view.passage.text, { 'nss-copilot/citation': view.citation })
  })
}

function oneText(uri: URL, text: string, meta: Record<string, unknown>): ReadResourceResult {
  return { contents: [{ uri: uri.href, mimeType: MARKDOWN, text, _meta: meta }] }
}

function toResource(summary: GuideSummary): Resource {
  const { id, language, title, description, updated, stale } = summary
  return {
    uri: guideUri(id, language),
    name: `${id}.${language}`,
    title,
    description,
    mimeType: MARKDOWN,
    annotations: {
      audience: AUDIENCE,
      priority: stale ? PRIORITY.stale : PRIORITY.fresh,
      lastModified: toTimestamp(updated),
    },
  }
}
