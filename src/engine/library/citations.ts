/** Citations of passages and facts, made on request, since whether they are stale depends on the clock. */
import type { Citation, CitedSource } from '../core/citation.ts'
import { RetrievalError } from '../core/errors.ts'
import { type FrontMatter, type GuideFact, isPast } from '../core/guide.ts'
import { type PlacedFact, placeFacts } from '../core/guide-facts.ts'
import type { BuiltGuide } from '../core/index-snapshot.ts'
import type { Passage } from '../core/passage.ts'
import type { Source } from '../core/source.ts'
import { containsSpan, type Span } from '../core/span.ts'
import { fragmentDirective, type TextFragment, toFragment } from '../core/text-fragment.ts'
import type { GuidesById } from './guides-by-id.ts'

export type CitedFact = { readonly fact: GuideFact; readonly citation: Citation }

export type Citations = {
  /** Throws `internal` for a passage of a guide that the library does not have. */
  ofPassage(passage: Passage, citationId: string): Citation
  /** The facts of a guide's quick scan, cited as f1, f2, and so on. */
  ofFacts(guide: BuiltGuide): CitedFact[]
}

export function createCitations(options: {
  readonly guides: readonly BuiltGuide[]
  readonly byId: GuidesById
  readonly sources: ReadonlyMap<string, Source>
  readonly now: () => Date
}): Citations {
  const { byId, sources, now } = options
  const factsOf = new Map(options.guides.map((guide) => [guide, placeFacts(guide)]))
  const isFactStale = ({ reviewBy }: GuideFact) => reviewBy !== undefined && isPast(reviewBy, now())

  const cite = (guide: BuiltGuide, part: CitedPart): Citation => {
    const url = `${byId.link(guide.meta).url}#${part.anchor}`
    const { start, end } = part.span
    return {
      id: part.id,
      url,
      textFragmentUrl: url + fragmentDirective(part.fragment),
      quote: guide.text.slice(start, end),
      start,
      end,
      guideSha256: guide.sha256,
      sources: part.sources,
      updated: guide.meta.updated,
      stale: part.stale || byId.isStale(guide.meta),
    }
  }

  return {
    ofPassage(passage, id) {
      const guide = byId.find(passage.guideId, passage.language)
      if (!guide) {
        throw new RetrievalError('internal', `passage ${passage.id} has no guide in the library`)
      }
      const holdsStaleFact = ({ fact, span }: PlacedFact) =>
        containsSpan(passage, span) && isFactStale(fact)
      return cite(guide, {
        id,
        span: passage,
        anchor: passage.anchor,
        fragment: passage.fragment,
        stale: (factsOf.get(guide) ?? []).some(holdsStaleFact),
        sources: passage.sources.flatMap((source) =>
          citedSource(sources, guide.meta, source.id, source.inherited),
        ),
      })
    },
    ofFacts: (guide) =>
      (factsOf.get(guide) ?? []).map(({ fact, span, anchor }, i) => ({
        fact,
        citation: cite(guide, {
          id: `f${i + 1}`,
          span,
          anchor,
          fragment: guide.factFragments[i] ?? toFragment([fact.quote]),
          stale: isFactStale(fact),
          sources: citedSource(sources, guide.meta, fact.source, false),
        }),
      })),
  }
}

/** What a citation is made from, apart from its guide. */
type CitedPart = {
  readonly id: string
  readonly span: Span
  readonly anchor: string
  readonly fragment: TextFragment
  readonly stale: boolean
  readonly sources: CitedSource[]
}

/** A source with what the guide used it for; empty when the source list does not have it. */
function citedSource(
  sources: ReadonlyMap<string, Source>,
  meta: FrontMatter,
  id: string,
  inherited: boolean,
): CitedSource[] {
  const source = sources.get(id)
  if (!source) return []
  const { title, publisher, url, authority, seen, lastVerified } = source
  const usedFor = meta.sources.find((entry) => entry.id === id)?.usedFor ?? ''
  return [{ id, title, publisher, url, authority, seen, usedFor, lastVerified, inherited }]
}
