import { describe, expect, it } from 'vitest'
import type { RetrievedPassage } from '../../../src/engine/core/retrieval.ts'
import { retrievalRequestSchema } from '../../../src/engine/core/retrieval.ts'
import {
  citationFigures,
  createCitationCheck,
} from '../../../workshop/evaluation/citation-check.ts'
import { BASE_URL, sampleRetriever } from '../../fixtures/built-index.ts'

async function returned() {
  const { retriever, content } = await sampleRetriever()
  const request = retrievalRequestSchema.parse({ query: 'apply for the beekeeping licence online' })
  const { passages } = await retriever.retrieve(request)
  const guides = content.guides.map(({ meta, text }) => ({ ...meta, text }))
  const check = await createCitationCheck(guides, BASE_URL)
  const [passage] = passages
  if (!passage) throw new Error('the sample answers this question')
  return { check, passage, passages }
}

const cited = (passage: RetrievedPassage, changes: Partial<RetrievedPassage['citation']>) => ({
  ...passage,
  citation: { ...passage.citation, ...changes },
})

describe('the citation check', () => {
  it('finds every citation of an answer whole', async () => {
    const { check, passages } = await returned()
    expect(passages.flatMap(check)).toEqual([])
  })

  it('notices each way in which a citation can be wrong', async () => {
    const { check, passage } = await returned()
    const { citation } = passage
    expect(check(cited(passage, { start: citation.start + 1 }))).toEqual(['quote'])
    expect(check(cited(passage, { quote: citation.quote.slice(1) }))).toEqual(['quote', 'text'])
    expect(check({ ...passage, text: `${passage.text}!` })).toEqual(['text'])
    expect(check(cited(passage, { guideSha256: '0'.repeat(64) }))).toEqual(['hash'])
    expect(check(cited(passage, { url: 'https://elsewhere.example/' }))).toEqual(['url'])
    expect(check(cited(passage, { textFragmentUrl: citation.url }))).toEqual(['url'])
    expect(check(cited(passage, { sources: [] }))).toEqual(['sources'])
    const lost = { ...passage, guide: { ...passage.guide, id: 'nowhere' } }
    expect(check(lost)).toEqual(['quote', 'hash', 'url'])
  })

  it('counts passages and names the broken ones', async () => {
    const { check, passage } = await returned()
    const broken = cited(passage, { sources: [] })
    expect(citationFigures([{ id: 'q1', answer: { passages: [passage, broken] } }], check)).toEqual(
      { passages: 2, rate: 0.5, faults: [`q1: ${passage.id}: sources`] },
    )
    expect(citationFigures([], check)).toEqual({ passages: 0, rate: 1, faults: [] })
  })
})
