import { describe, expect, it } from 'vitest'
import { verificationResponseSchema } from '../../../src/engine/core/verification.ts'
import { realGuides } from '../../fixtures/real-guides.ts'
import { createQuoteMaker, type Kind, type MadeQuote } from './random-quotes.ts'

const KINDS: readonly Kind[] = ['untouched', 'cut', 'stitched', 'altered', 'misattributed']
const QUOTES_PER_KIND = 400
const SEED = 20261125

describe('quotes from the real guides', () => {
  it('get the right verdict, of 2,000 made from them: every untouched one, and at least 99 in 100 of each other kind', async () => {
    const { snapshot, verifier } = await realGuides()
    const maker = createQuoteMaker(snapshot.guides, SEED)
    const table: Record<string, { quotes: number; wrong: number }> = {}
    const wrong: { made: MadeQuote; verdict: string }[] = []
    for (const kind of KINDS) {
      table[kind] = { quotes: 0, wrong: 0 }
      for (let i = 0; i < QUOTES_PER_KIND; i++) {
        const made = maker.make(kind)
        const [result] = verifier.verify({ citations: [made.claim] }).results
        table[kind].quotes++
        if (result?.verdict === made.right) continue
        table[kind].wrong++
        wrong.push({ made, verdict: result?.verdict ?? 'none' })
      }
    }
    console.log(
      Object.entries(table)
        .map(([kind, row]) => `${kind}: ${row.quotes} quotes, ${row.wrong} wrong`)
        .join('\n'),
    )
    expect(table.untouched?.wrong).toBe(0)
    for (const kind of KINDS) {
      const { quotes = 0, wrong: missed = 1 } = table[kind] ?? {}
      const shown = wrong.filter(({ made }) => made.kind === kind)
      expect(missed / quotes, JSON.stringify(shown)).toBeLessThanOrEqual(0.01)
    }
  })

  it('are answered with exact slices and links, in the declared schema', async () => {
    const { snapshot, verifier, library } = await realGuides()
    const maker = createQuoteMaker(snapshot.guides, SEED + 1)
    const known = new Set(snapshot.passages.map((passage) => passage.id))
    for (let i = 0; i < 300; i++) {
      const made = maker.make(KINDS[i % KINDS.length] ?? 'cut')
      const response = verifier.verify({ citations: [made.claim] })
      expect(verificationResponseSchema.parse(response)).toEqual(response)
      for (const place of response.results[0]?.places ?? []) {
        const guide = library.guide(place.guide.id, place.guide.language)
        expect(guide?.text.slice(place.start, place.end)).toBe(place.text)
        expect(place.guideSha256).toBe(guide?.sha256)
        expect(place.passages.every((id) => known.has(id))).toBe(true)
        const anchor = /#([^:]+):~:text=./.exec(place.url)?.[1]
        expect(guide?.sections.map((section) => section.anchor)).toContain(anchor)
      }
    }
  })

  it('are found letter by letter, for every passage and fact that the service cites', async () => {
    const { snapshot, verifier, library } = await realGuides()
    const cited = [
      ...snapshot.passages.map((passage) => library.cite(passage, 'c1')),
      ...snapshot.guides.flatMap((guide) =>
        library.quickScan(guide).facts.map((fact) => fact.citation),
      ),
    ]
    expect(cited.length).toBeGreaterThan(500)
    for (const { quote, textFragmentUrl, start, end } of cited) {
      const [result] = verifier.verify({ citations: [{ quote, url: textFragmentUrl }] }).results
      const [place] = result?.places ?? []
      expect({ quote, ...result }).toMatchObject({ verdict: 'found', forgiven: [], similarity: 1 })
      expect({ quote, start: place?.start, end: place?.end }).toEqual({ quote, start, end })
    }
  })
})
