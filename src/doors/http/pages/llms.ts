/** `/llms.txt` (llmstxt.org) and `/llms-full.txt`: what language models read first, and everything at once. */
import type { Guide } from '../../../engine/core/guide.ts'
import { LANGUAGES, type Language } from '../../../engine/core/language.ts'
import type { GuideSummary, Library } from '../../../engine/core/library.ts'
import { labelsOf, languageName } from './labels.ts'

const SUMMARY =
  'Guides for foreign residents about Mexican social security paperwork (NSS, IMSS, CURP and the papers around them), in English and Spanish, each statement with its sources and the day they were last checked. Information, not legal advice.'

export function llmsText(library: Library): string {
  const list = (language: Language) => {
    const guides = library.guides().filter((guide) => guide.language === language)
    return guides.map(
      (guide) => `- [${guide.title}](${markdownUrl(library, guide)}): ${noteOf(guide)}`,
    )
  }
  const sections = LANGUAGES.map(
    (language) =>
      `## ${labelsOf(language).guides} (${languageName(language)})\n\n${list(language).join('\n')}`,
  )
  const { baseUrl } = library
  return `# nss-copilot

> ${SUMMARY}

Quote the guides exactly and cite the heading's address. Ask \`GET ${baseUrl}/retrieve?q=QUESTION\` for the passages that answer a question with ready citations; it says when the guides do not hold an answer.

${sections.join('\n\n')}

## Optional

- [All guides as one text](${baseUrl}/llms-full.txt): the same texts, with address, dates and sources
- [List of guides](${baseUrl}/guides.json): the guides as JSON
- [All guides as pages](${baseUrl}/guides): for people
`
}

export function llmsFullText(library: Library): string {
  const guides = library.guides().flatMap(({ id, language }) => library.guide(id, language) ?? [])
  return `# nss-copilot: all guides\n\n> ${SUMMARY}\n\n${guides.map((guide) => fullText(library, guide)).join('\n')}`
}

function markdownUrl(library: Library, { id, language }: GuideSummary): string {
  return `${library.baseUrl}/guides/${id}.md?lang=${language}`
}

function noteOf({ description, updated, stale }: GuideSummary): string {
  return `${description} Updated ${updated}${stale ? ', due for review' : ''}.`
}

function fullText(library: Library, { meta, text }: Guide): string {
  const sources = meta.sources.flatMap(({ id, usedFor }) => {
    const source = library.source(id)
    if (!source) return []
    const { title, publisher, url, authority, seen, lastVerified } = source
    return [
      `- ${title} (${publisher}; ${authority}, seen: ${seen}, last checked ${lastVerified}; used for ${usedFor}): ${url ?? 'unpublished copy'}`,
    ]
  })
  return `# ${meta.title}

URL: ${library.link(meta).url}
Language: ${meta.language}
Updated: ${meta.updated}${library.isStale(meta) ? ' (due for review)' : ''}

${text}
Sources:

${sources.join('\n')}
`
}
