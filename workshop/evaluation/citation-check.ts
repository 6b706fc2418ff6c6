/** Checks a returned passage's citation against the guide that it names, as a caller's program would. */
import { guideKey } from '../../src/engine/core/guide.ts'
import { sha256Hex } from '../../src/engine/core/hash.ts'
import type { RetrievedPassage } from '../../src/engine/core/retrieval.ts'

export const CITATION_CHECKS = ['quote', 'text', 'hash', 'url', 'sources'] as const
export type CitationCheck = (typeof CITATION_CHECKS)[number]

export type CitedGuide = { readonly id: string; readonly language: string; readonly text: string }

export type CheckCitation = (passage: RetrievedPassage) => CitationCheck[]

/** Hashes the guides itself instead of trusting the index; the returned function names the checks that fail. */
export async function createCitationCheck(
  guides: readonly CitedGuide[],
  baseUrl: string,
): Promise<CheckCitation> {
  const texts = new Map<string, { text: string; sha256: string }>()
  for (const { id, language, text } of guides)
    texts.set(guideKey(id, language), { text, sha256: await sha256Hex(text) })
  return ({ guide, language, text, citation }) => {
    const cited = texts.get(guideKey(guide.id, language))
    const slice = cited?.text.slice(citation.start, citation.end)
    const address = `${baseUrl}/guides/${guide.id}?lang=${language}#`
    const holds: Record<CitationCheck, boolean> = {
      quote: citation.quote !== '' && citation.quote === slice,
      text: text === citation.quote,
      hash: cited !== undefined && citation.guideSha256 === cited.sha256,
      url:
        citation.url.startsWith(address) &&
        citation.url.length > address.length &&
        citation.textFragmentUrl.startsWith(`${citation.url}:~:text=`),
      sources: citation.sources.length > 0,
    }
    return CITATION_CHECKS.filter((check) => !holds[check])
  }
}

export type CitationFigures = {
  readonly passages: number
  /** Share of passages whose citation passes every check: must be 1. */
  readonly rate: number
  /** The first failures, for a message. */
  readonly faults: readonly string[]
}

const FAULTS_NAMED = 10

export function citationFigures(
  answers: readonly {
    readonly id: string
    readonly answer: { readonly passages: readonly RetrievedPassage[] }
  }[],
  check: CheckCitation,
): CitationFigures {
  let passages = 0
  let good = 0
  const faults: string[] = []
  for (const { id, answer } of answers) {
    for (const passage of answer.passages) {
      const broken = check(passage)
      passages++
      if (broken.length === 0) good++
      else faults.push(`${id}: ${passage.id}: ${broken.join(', ')}`)
    }
  }
  return {
    passages,
    rate: passages === 0 ? 1 : good / passages,
    faults: faults.slice(0, FAULTS_NAMED),
  }
}
