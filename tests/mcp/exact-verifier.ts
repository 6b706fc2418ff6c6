/** The simplest verifier there can be: a quote stands in a guide letter for letter, or it does not. */
import type { Library } from '../../src/core/library.ts'
import type { Verification, Verifier } from '../../src/core/verification.ts'

export function createExactVerifier(library: Library): Verifier {
  const verify = (quote: string): Verification => {
    for (const { id, language } of library.guides()) {
      const guide = library.guide(id, language)
      const start = guide?.text.indexOf(quote) ?? -1
      if (!guide || start === -1) continue
      const link = library.link(guide.meta)
      const place = {
        guide: link,
        guideSha256: guide.sha256,
        start,
        end: start + quote.length,
        text: quote,
        url: link.url,
        passages: [],
      }
      const reason = 'It stands there.'
      return { quote, verdict: 'found', places: [place], similarity: 1, forgiven: [], reason }
    }
    const reason = 'It stands nowhere.'
    return { quote, verdict: 'not_found', places: [], similarity: 0, forgiven: [], reason }
  }
  return {
    verify: ({ citations }) => ({
      results: citations.map(({ quote }) => verify(quote)),
      index: { id: library.indexId },
    }),
  }
}
