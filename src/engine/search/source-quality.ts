/** Source quality of each passage, and whether a primary source confirms the same fact. */
import type { Guide } from '../core/guide.ts'
import type { Library } from '../core/library.ts'
import type { Passage } from '../core/passage.ts'
import { isPrimary } from '../core/source.ts'

export type SourceQuality = {
  /** Whether one of its sources is primary (an official page or a law) and was read directly, not through a report. */
  isWellSourced(passage: Pick<Passage, 'id'>): boolean
  /**
   * Whether both state the same typed fact, `a` from a secondary source or a report, `b` from a primary source read
   * directly.
   */
  confirms(a: Pick<Passage, 'id'>, b: Pick<Passage, 'id'>): boolean
}

/** Computed once for all passages; each question only looks it up. */
export function createSourceQuality(
  passages: readonly Passage[],
  library: Pick<Library, 'source' | 'guide'>,
): SourceQuality {
  const isStrong = (id: string): boolean => {
    const source = library.source(id)
    return source !== undefined && isPrimary(source.authority) && source.seen === 'direct'
  }
  const wellSourced = new Set(
    passages.filter(({ sources }) => sources.some(({ id }) => isStrong(id))).map(({ id }) => id),
  )
  const facts = new Map(
    passages.map((passage) => [
      passage.id,
      factsOf(passage, library.guide(passage.guideId, passage.language), isStrong),
    ]),
  )
  return {
    isWellSourced: ({ id }) => wellSourced.has(id),
    confirms(a, b) {
      const confirmed = facts.get(b.id)
      for (const [key, strong] of facts.get(a.id) ?? []) {
        if (!strong && confirmed?.get(key) === true) return true
      }
      return false
    },
  }
}

/** Maps the key of each typed fact that the passage quotes to whether its source is strong. */
function factsOf(
  passage: Passage,
  guide: Guide | undefined,
  isStrong: (sourceId: string) => boolean,
): ReadonlyMap<string, boolean> {
  const facts = new Map<string, boolean>()
  for (const { key, quote, source } of guide?.meta.quickScan.facts ?? []) {
    if (passage.text.includes(quote)) facts.set(key, facts.get(key) === true || isStrong(source))
  }
  return facts
}
