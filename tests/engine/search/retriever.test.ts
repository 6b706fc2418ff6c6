import { describe, expect, it } from 'vitest'
import { createHashingEmbedder } from '../../../src/engine/adapters/embedders/hashing.ts'
import { probabilityOf } from '../../../src/engine/core/calibration.ts'
import {
  type RetrievalInput,
  retrievalRequestSchema,
  retrievalResponseSchema,
} from '../../../src/engine/core/retrieval.ts'
import { LEXICAL_WEIGHT } from '../../../src/engine/search/fusion.ts'
import {
  type SampleRetrieverOptions,
  sampleRetriever,
  WORD_ANSWERABILITY,
} from '../../fixtures/built-index.ts'

/** Asks and checks on the way that the answer keeps the response schema. */
async function ask(input: RetrievalInput, options: SampleRetrieverOptions = {}) {
  const { retriever } = await sampleRetriever(options)
  const answer = await retriever.retrieve(retrievalRequestSchema.parse(input))
  expect(retrievalResponseSchema.parse(answer)).toEqual(answer)
  return answer
}
const APPLY = 'apply for the beekeeping licence online'

describe('an answer', () => {
  it('has the right passage first, ranked from 1, with its place in the guide', async () => {
    const answer = await ask({ query: APPLY })
    expect(answer.answerability.verdict).toBe('answerable')
    expect(answer.passages.map((p) => p.rank)).toEqual(answer.passages.map((_, i) => i + 1))
    expect(answer.passages[0]).toMatchObject({
      id: expect.stringMatching(/^licence\.en\.apply\.[0-9a-f]{6}$/),
      language: 'en',
      headingPath: ['How to apply'],
      guide: { id: 'licence', title: 'Beekeeping licence' },
    })
    expect(answer).toMatchObject({ mode: 'hybrid', degraded: false, language: 'en', omitted: 0 })
    expect(answer.quickScan?.guide.id).toBe('licence')
    expect(answer.paths?.nextSteps[0]).toMatchObject({ id: 'hive', language: 'en' })
    expect(answer.paths?.planning[0]?.id).toBe('first-year')
    expect(answer.nearest).toBeUndefined()
    expect(answer.explain).toBeUndefined()
  })

  it('is the same every time', async () => {
    const [one, two] = [await ask({ query: APPLY }), await ask({ query: APPLY })]
    expect({ ...one, tookMs: null }).toEqual({ ...two, tookMs: null })
  })

  it('keeps to the limit and counts what the budget left out', async () => {
    expect((await ask({ query: APPLY, limit: 2 })).passages).toHaveLength(2)
    const tight = await ask({ query: APPLY, limit: 10, maxTokens: 100 })
    expect(tight.passages.reduce((sum, p) => sum + p.tokens, 0)).toBeLessThanOrEqual(100)
    expect(tight.omitted).toBe(10 - tight.passages.length)
    expect(tight.omitted).toBeGreaterThan(0)
  })

  it('leaves the quick scan out when it is not wanted', async () => {
    const answer = await ask({ query: APPLY, quickScan: false })
    expect(answer.quickScan).toBeNull()
    expect(answer.paths).not.toBeNull()
  })

  it('shows the numbers that its scores are computed from, when asked to explain', async () => {
    const { passages, explain } = await ask({ query: APPLY, explain: true, limit: 20 })
    expect(explain?.signals).toHaveProperty('lift')
    for (const { score, explain: why } of passages) {
      if (!why) throw new Error('not explained')
      expect(score).toBeCloseTo(probabilityOf(why.signals, WORD_ANSWERABILITY.passage.hybrid), 2)
      expect(why.fused).toBeCloseTo(why.cosine - why.shift + LEXICAL_WEIGHT * why.evidence, 3)
    }
    const fused = passages.map((p) => p.explain?.fused ?? 0)
    expect(fused).toEqual([...fused].sort((a, b) => b - a))
    expect(explain?.terms.en).toContain('onlin')
    expect(explain?.collapsed.some((entry) => entry.why === 'translation')).toBe(true)
  })
})

describe('the language of an answer', () => {
  it('is that of the question where the passage exists in both languages', async () => {
    const spanish = await ask({ query: '¿cómo solicito la licencia de apicultura con un correo?' })
    expect(spanish.language).toBe('es')
    expect(spanish.passages[0]?.id).toContain('licence.es.apply')
    expect(spanish.quickScan?.guide.language).toBe('es')
    const english = spanish.passages.filter((p) => p.language === 'en' && p.guide.id === 'licence')
    // The one section that has no translation.
    for (const passage of english) expect(passage.headingPath).toEqual(['What residents report'])
  })

  it('is the one that exists where only one does', async () => {
    const answer = await ask({
      query: '¿violet form leaflet flood swarms?',
      languages: ['en', 'es'],
    })
    expect(answer.passages[0]?.id).toContain('licence.en.reports')
  })

  it('is what the filter says, whatever the language of the question', async () => {
    const answer = await ask({ query: 'licencia apicultura', languages: ['en'], limit: 20 })
    expect(answer.passages.every((p) => p.language === 'en')).toBe(true)
    const filtered = await ask({
      query: '¿cómo pido la beekeeping licence en la office con un correo?',
      languages: ['en'],
    })
    expect(filtered.language).toBe('es')
    expect(filtered.quickScan?.guide.language).toBe('en')
    const spanish = await ask({ query: 'the licencia colmena', languages: ['es'] })
    expect(spanish.passages[0]?.language).toBe('es')
  })
})

describe('the filters', () => {
  it('keep to the guides that are asked for', async () => {
    const answer = await ask({ query: 'register hive licence', guides: ['hive'], limit: 20 })
    expect(answer.passages.length).toBeGreaterThan(0)
    expect(new Set(answer.passages.map((p) => p.guide.id))).toEqual(new Set(['hive']))
  })

  it('refuse a guide that does not exist and name the field', async () => {
    await expect(ask({ query: 'x', guides: ['hive', 'nowhere'] })).rejects.toMatchObject({
      code: 'invalid_request',
      message: expect.stringContaining('"nowhere"'),
      details: { field: 'guides' },
    })
  })

  it('with minAuthority law admit laws and official pages', async () => {
    const query = 'licence apostille law'
    const { passages } = await ask({ query, minAuthority: 'law', limit: 20 })
    const authorities = passages.map((p) => p.citation.sources.map((s) => s.authority))
    expect(authorities.every((all) => all.some((one) => one !== 'secondary'))).toBe(true)
    expect(new Set(authorities.flat())).toEqual(new Set(['law', 'official']))
  })

  it("with minAuthority official admit only what rests on a body's own page", async () => {
    const { passages } = await ask({ query: APPLY, minAuthority: 'official', limit: 20 })
    const authorities = passages.map((p) => p.citation.sources.map((s) => s.authority))
    expect(authorities.length).toBeGreaterThan(0)
    expect(authorities.every((all) => all.includes('official'))).toBe(true)
    const law = { query: 'the law of numbers on apostilles', minAuthority: 'law' } as const
    const withLaws = (await ask(law)).passages.flatMap((p) => p.citation.sources)
    expect(withLaws.some(({ authority }) => authority === 'law')).toBe(true)
  })

  it('admit everything with minAuthority secondary', async () => {
    const answer = await ask({ query: 'swarms fortnight resident', minAuthority: 'secondary' })
    expect(answer.passages[0]?.citation.sources[0]?.authority).toBe('secondary')
    const strict = await ask({ query: 'swarms fortnight resident', minAuthority: 'official' })
    expect(strict.passages.every((p) => p.id !== answer.passages[0]?.id)).toBe(true)
  })
})

describe('a question that the corpus does not answer', () => {
  it('gets no passages, no quick scan, no paths, and the nearest guides', async () => {
    const answer = await ask({ query: 'zzzz qqqq', explain: true })
    expect(answer).toMatchObject({ passages: [], quickScan: null, paths: null, omitted: 0 })
    expect(answer.answerability.verdict).toBe('not_in_corpus')
    expect(answer.nearest?.length).toBeLessThanOrEqual(3)
    const ids = answer.nearest?.map((guide) => guide.id) ?? []
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.length).toBeGreaterThan(0)
  })

  it('gets the same without a model', async () => {
    const answer = await ask({ query: 'zzzz qqqq' }, { embedder: null })
    expect(answer).toMatchObject({ passages: [], quickScan: null, nearest: [], mode: 'lexical' })
  })
})

describe('without a model', () => {
  it('answers lexically and says so', async () => {
    const answer = await ask({ query: APPLY }, { embedder: null })
    expect(answer).toMatchObject({ mode: 'lexical', degraded: true })
    expect(answer.passages[0]?.id).toContain('licence.en.apply')
  })

  it('answers lexically when the embedder throws, and reports why', async () => {
    const told: unknown[] = []
    const embed = async () => {
      throw new Error('session lost')
    }
    const options = { embedder: { embed }, onDegraded: (error: unknown) => told.push(error) }
    const answer = await ask({ query: APPLY }, options)
    expect(answer).toMatchObject({ mode: 'lexical', degraded: true })
    expect(answer.passages[0]?.id).toContain('licence.en.apply')
    expect(String(told)).toContain('session lost')
  })
})

describe('an aborted question', () => {
  const request = retrievalRequestSchema.parse({ query: APPLY })

  it.each([undefined, null])(
    'rejects with aborted before it begins (embedder %s)',
    async (embedder) => {
      const { retriever } = await sampleRetriever({ embedder })
      const aborted = retriever.retrieve(request, { signal: AbortSignal.abort() })
      await expect(aborted).rejects.toMatchObject({ code: 'aborted' })
    },
  )

  it('rejects with aborted while it is being embedded, and is not reported as degraded', async () => {
    const controller = new AbortController()
    const inner = createHashingEmbedder()
    const embedder = {
      embed: async (...[texts, kind]: Parameters<typeof inner.embed>) => {
        controller.abort()
        return inner.embed(texts, kind)
      },
    }
    const told: unknown[] = []
    const { retriever } = await sampleRetriever({ embedder, onDegraded: (e) => told.push(e) })
    const aborted = retriever.retrieve(request, { signal: controller.signal })
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' })
    expect(told).toEqual([])
  })
})
