/** What stands behind a passage: an official publication or a law seen itself, or only another's report; and which typed facts it states. */
import type { Guide } from '../core/guide.ts'
import type { Library } from '../core/library.ts'
import type { Passage } from '../core/passage.ts'
import { isOfficial } from '../core/source.ts'

export type Standing = {
  /** One of its sources is official, and was seen itself. */
  isOfficial(passage: Pick<Passage, 'id'>): boolean
  /** Both state one fact: a's words rest on a secondary source or a report alone, b's on an official one. */
  confirms(a: Pick<Passage, 'id'>, b: Pick<Passage, 'id'>): boolean
}

/** Found once for all passages; a question then only looks it up. */
export function createStanding(passages: readonly Passage[], library: Library): Standing {
  const isDirect = (id: string): boolean => {
    const source = library.source(id)
    return source !== undefined && isOfficial(source.authority) && source.seen === 'direct'
  }
  const official = new Set(
    passages.filter(({ sources }) => sources.some(({ id }) => isDirect(id))).map(({ id }) => id),
  )
  const facts = new Map(
    passages.map((passage) => [
      passage.id,
      factsOf(passage, library.guide(passage.guideId, passage.language), isDirect),
    ]),
  )
  return {
    isOfficial: ({ id }) => official.has(id),
    confirms(a, b) {
      const confirmed = facts.get(b.id)
      for (const [key, direct] of facts.get(a.id) ?? []) {
        if (!direct && confirmed?.get(key) === true) return true
      }
      return false
    },
  }
}

/** Key of each typed fact that the passage quotes, to whether its source is official. */
function factsOf(
  passage: Passage,
  guide: Guide | undefined,
  isDirect: (sourceId: string) => boolean,
): ReadonlyMap<string, boolean> {
  const facts = new Map<string, boolean>()
  for (const { key, quote, source } of guide?.meta.quickScan.facts ?? []) {
    if (passage.text.includes(quote)) facts.set(key, facts.get(key) === true || isDirect(source))
  }
  return facts
}
