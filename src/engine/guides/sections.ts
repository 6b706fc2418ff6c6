/** Groups blocks into heading-bounded sections with anchors. */
import { fold } from '../core/fold.ts'
import { type Block, type Section, sectionSources } from '../core/guide.ts'

/** The anchor of the text before the first heading; browsers scroll `#top` to the top of the page. */
const LEAD_ANCHOR = 'top'

/** Lower-case ASCII words joined by hyphens; `section` when nothing is left. */
export function toSlug(heading: string): string {
  return (
    fold(heading)
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '') || 'section'
  )
}

/** Sections in order; a heading without an entry in `anchors` gets its slug, and a repeated anchor gets a number. */
export function toSections(
  blocks: readonly Block[],
  anchors: Readonly<Record<string, string>>,
): Section[] {
  const sections: { anchor: string; headingPath: string[]; blocks: Block[] }[] = []
  const used = new Set<string>()
  const declared = new Set(Object.values(anchors))
  const unique = (anchor: string, taken: (candidate: string) => boolean): string => {
    let candidate = anchor
    for (let n = 2; taken(candidate); n++) candidate = `${anchor}-${n}`
    used.add(candidate)
    return candidate
  }
  const anchorOf = (title: string): string => {
    if (Object.hasOwn(anchors, title))
      return unique(anchors[title] ?? '', (candidate) => used.has(candidate))
    return unique(toSlug(title), (candidate) => used.has(candidate) || declared.has(candidate))
  }
  let path: { depth: number; title: string }[] = []
  let current: (typeof sections)[number] | undefined
  for (const block of blocks) {
    if (block.kind === 'heading') {
      const depth = block.depth ?? 2
      const title = block.title ?? ''
      path = [...path.filter((step) => step.depth < depth), { depth, title }]
      current = {
        anchor: anchorOf(title),
        headingPath: path.map((step) => step.title),
        blocks: [block],
      }
      sections.push(current)
      continue
    }
    if (!current) {
      used.add(LEAD_ANCHOR)
      current = { anchor: LEAD_ANCHOR, headingPath: [], blocks: [] }
      sections.push(current)
    }
    current.blocks.push(block)
  }
  return sections.map((section) => ({
    ...section,
    expectedQuestions: [],
    sourceIds: sectionSources(section.blocks),
  }))
}
