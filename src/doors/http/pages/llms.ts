/** `/llms.txt` (llmstxt.org), an overview for language models, and `/llms-full.txt`, all guides in one text. */
import type { Guide } from '../../../engine/core/guide.ts'
import type { GuideSummary } from '../../../engine/core/guide-document.ts'
import { LANGUAGES, type Language } from '../../../engine/core/language.ts'
import type { Library } from '../../../engine/core/library.ts'
import { labelsOf, languageName } from './labels.ts'

const SUMMARY =
  'Guides for foreign residents to Mexican social security paperwork (NSS, IMSS, CURP and related documents), in English and Spanish. Each statement has its sources and the date they were last checked. Information, not legal advice.'

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

Quote the guides exactly and cite the heading's address. Ask \`GET ${baseUrl}/retrieve?q=QUESTION\` for the passages that answer a question, each with its citation; it says so when the guides hold no answer.

${sections.join('\n\n')}

## Optional

- [All guides in one text](${baseUrl}/llms-full.txt): the same texts with their addresses, dates and sources
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
