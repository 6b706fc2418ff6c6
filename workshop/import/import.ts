/** Turns a saved page into a draft guide, and lists what could not be placed. */
import type { Root } from 'mdast'
import { RetrievalError } from '../../src/engine/core/errors.ts'
import { type Language, languageSchema } from '../../src/engine/core/language.ts'
import { toBlocks } from '../../src/engine/guides/blocks.ts'
import { toCanonical } from '../../src/engine/guides/canonical.ts'
import type { SourceTable } from '../../src/engine/guides/guide.ts'
import { parseMarkdown } from '../../src/engine/guides/markdown.ts'
import { toSections, toSlug } from '../../src/engine/guides/sections.ts'
import { draftFrontMatter, draftSourceEntries, findUpdated } from './draft.ts'
import { createDropped } from './dropped.ts'
import { draftFacts } from './facts.ts'
import { scanField } from './labels.ts'
import { placeMarks } from './marks.ts'
import { type PageFormat, readPage } from './page.ts'
import { takeQuickScan } from './quick-scan.ts'
import { takeSources } from './sources.ts'
import { plainText, takeEmptyHeadings, takeTitle, tidy, toMarkdown } from './tidy.ts'

export type ImportOptions = {
  readonly format: PageFormat
  /** The guide's id; the slug of its title when not given. */
  readonly id?: string | undefined
  readonly language?: Language | undefined
  /** The corpus's sources: an address that is among them keeps its id and needs no new entry. */
  readonly known?: SourceTable | undefined
}

export type ImportedGuide = {
  readonly id: string
  readonly language: Language
  /** The draft: front matter and body. */
  readonly content: string
  /** YAML for `corpus/sources.yaml`; empty when it has every source. */
  readonly sourceEntries: string
  /** What a person has to write, move or decide; hidden text is counted, never quoted. */
  readonly notPlaced: readonly string[]
}

/** Throws `invalid_request` for a page without visible text. */
export function importGuide(content: string, options: ImportOptions): ImportedGuide {
  const known: SourceTable = options.known ?? new Map()
  const dropped = createDropped()
  const notPlaced: string[] = []
  const page = readPage(content, options.format, dropped.note)
  const said = languageSchema.safeParse(page.language).data
  const language = options.language ?? said ?? guessLanguage(page.visibleText)
  if (!options.language && !said)
    notPlaced.push(
      `language: not stated on the page, ${language} judging by its words: check it or give --language`,
    )
  const body = page.tree
  const heading = takeTitle(body)
  const title = heading ?? page.windowTitle
  if (!heading && title)
    notPlaced.push('title: no heading of level 1, so the title of the window was used: check it')
  tidy(body)
  const drafted = takeSources(body, known)
  const scan = takeQuickScan(body)
  if (scan.pairs.length === 0) notPlaced.push('quick scan: none on the page')
  dropPrinted(body)
  const marks = placeMarks(body, drafted, known)
  const emptied = takeEmptyHeadings(body).map((text) => `heading "${text}": no text below it`)
  const markdown = toMarkdown(body)
  if (markdown.trim() === '')
    throw new RetrievalError(
      'invalid_request',
      'the page has no visible text: save it again after it has loaded',
    )
  const id = toSlug(options.id ?? title ?? 'draft')
  const facts = draftFacts(
    scan.pairs.filter((pair) => scanField(pair.label) === undefined),
    markdown,
    id,
  )
  const front = draftFrontMatter({
    id,
    language,
    title,
    description: firstSentence(body),
    updated: findUpdated(scan.pairs, page.visibleText),
    pairs: scan.pairs,
    facts: facts.facts,
    sources: drafted.sources,
  })
  const entries = draftSourceEntries(drafted.sources)
  if (page.unreadStylesheets > 0)
    dropped.note('linked stylesheet, not read: text hidden only by it was kept')
  return {
    id,
    language,
    content: `---\n${front.yaml}---\n${markdown}`,
    sourceEntries: entries.yaml,
    notPlaced: [
      ...notPlaced,
      ...front.notPlaced,
      ...facts.notPlaced,
      ...scan.notPlaced,
      ...drafted.notPlaced,
      ...marks,
      ...emptied,
      ...unsourced(
        markdown,
        drafted.sources.map((source) => source.id),
      ),
      ...entries.notPlaced,
      ...dropped.toLines(),
    ],
  }
}

function guessLanguage(text: string): Language {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0
  return count(/\b(el|la|los|que|para|del|con)\b/gi) > count(/\b(the|and|of|you|for|with|is)\b/gi)
    ? 'es'
    : 'en'
}

/** Drops "Last updated ..." on a line of its own, which is in the front matter instead. */
function dropPrinted(body: Root): void {
  body.children = body.children.filter((node) => {
    const text = node.type === 'paragraph' ? plainText(node) : ''
    return (
      text.length > 60 ||
      !/^(last )?(updated|reviewed|[uú]ltima actualizaci[oó]n|actualizad[oa])\b.*\d{4}\.?$/i.test(
        text,
      )
    )
  })
}

function firstSentence(body: Root): string | undefined {
  const lead = body.children.find((node) => node.type === 'paragraph')
  const text = lead ? plainText(lead).replace(/\s*\[\^[^\]]*\]/g, '') : ''
  return /^.*?[.!?](?=\s|$)/.exec(text)?.[0] ?? (text || undefined)
}

/** What the build would refuse in the body: sections without a source, and sources that no block cites. */
function unsourced(markdown: string, ids: readonly string[]): string[] {
  const canonical = toCanonical(markdown)
  const { blocks } = toBlocks(parseMarkdown(canonical.text), canonical.marks)
  const bare = toSections(blocks, {})
    .filter(
      (section) =>
        section.sourceIds.length === 0 && section.blocks.some((block) => block.kind !== 'heading'),
    )
    .map(
      (section) =>
        `section "${section.headingPath.join(' > ') || 'lead'}": no source mark, add one to a block of it`,
    )
  const marked = new Set(canonical.marks.map((mark) => mark.sourceId))
  const idle = ids
    .filter((id) => !marked.has(id))
    .map((id) => `source ${id}: no block is marked with it, put [^${id}] where it was used`)
  return [...bare, ...idle]
}
