/**
 * Locates each fact's quote in its guide. The build has checked that exactly one block contains the quote and that this
 * block is marked with the fact's source.
 */
import type { Guide, GuideFact } from './guide.ts'
import type { Span } from './span.ts'

export type PlacedFact = { readonly fact: GuideFact; readonly span: Span; readonly anchor: string }

export function placeFacts(guide: Guide): PlacedFact[] {
  const blocks = guide.sections.flatMap((section) =>
    section.blocks.map((block) => ({ section, block })),
  )
  return guide.meta.quickScan.facts.flatMap((fact): PlacedFact[] => {
    for (const { section, block } of blocks) {
      for (const part of block.parts) {
        if (!part.sourceIds.includes(fact.source)) continue
        const at = guide.text.slice(part.span.start, part.span.end).indexOf(fact.quote)
        if (at === -1) continue
        const start = part.span.start + at
        return [{ fact, span: { start, end: start + fact.quote.length }, anchor: section.anchor }]
      }
    }
    return []
  })
}
