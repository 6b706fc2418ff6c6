import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHashingEmbedder } from '../../../src/engine/adapters/embedders/hashing.ts'
import { createFlatIndex } from '../../../src/engine/adapters/vector-indexes/flat.ts'
import type { Language } from '../../../src/engine/core/language.ts'
import { toLanguageMeans } from '../../../src/engine/core/language-means.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { buildLexicalSnapshot, createLexicalIndex } from '../../../src/engine/lexical/bm25.ts'
import { fuse, LEXICAL_WEIGHT } from '../../../src/engine/search/fusion.ts'
import { CANDIDATES, createRanker } from '../../../src/engine/search/ranker.ts'

type Doc = { readonly id: string; readonly language: Language; readonly text: string }
const en = (id: string, text: string): Doc => ({ id, language: 'en', text })

/** Ranks by the real parts, the hashing embedder included. */
async function rank(docs: readonly Doc[], question: string, hybrid = true) {
  const embedder = createHashingEmbedder()
  const { dimensions } = embedder
  const rows = await embedder.embed(
    docs.map((doc) => doc.text),
    'passage',
  )
  const data = new Float32Array(docs.length * dimensions)
  rows.forEach((row, i) => {
    data.set(row, i * dimensions)
  })
  const table = { ids: docs.map((doc) => doc.id), dimensions, data }
  const facets = docs.map(({ id, language }) => ({ id, language, guideId: 'g', authorities: [] }))
  const ranker = createRanker({
    passages: docs,
    vectorIndex: createFlatIndex({ ...table, facets }),
    languageMeans: toLanguageMeans(
      table,
      docs.map((doc) => doc.language),
    ),
    lexicalIndex: createLexicalIndex(buildLexicalSnapshot(docs, PROFILES), { languages: PROFILES }),
    embedder: hybrid ? embedder : undefined,
  })
  return (await ranker.rank(question)).candidates
}

const DOCS = [
  en('bees', 'Honey bees swarm in May when the hive is crowded.'),
  en('tax', 'The tax office sells violet forms in the arcade.'),
  en('train', 'Trains to the coast leave at noon from platform nine.'),
]

describe('fusing two results', () => {
  const passages = new Map(
    [en('a', ''), en('b', ''), { id: 'c', language: 'es' as const, text: '' }].map((p) => [
      p.id,
      p,
    ]),
  )
  const word = (id: string, evidence: number) => ({
    ...{ id, evidence },
    ...{ bm25: evidence * 10, ngramShare: evidence, coverage: evidence },
  })
  const lexical = {
    best: [word('b', 0.5), word('gone', 0.4), word('c', 0.25)],
    also: [word('a', 0)],
    upperBound: { en: 10, es: 20 },
  }
  const dense = {
    nearest: [
      { id: 'a', similarity: 0.9 },
      { id: 'c', similarity: 0.86 },
    ],
    also: [
      { id: 'b', similarity: 0.7 },
      { id: 'c', similarity: 0.86 },
    ],
    baselines: new Map([
      ['en', { mean: 0.6, shift: 0.05 }],
      ['es', { mean: 0.5, shift: -0.05 }],
    ] as const),
  }

  it('scores each passage by both, minus the shift of its language', () => {
    const fused = fuse({ passages, lexical, dense, weight: 0.4 })
    expect(fused.map((c) => [c.passage.id, Number(c.fused.toFixed(6))])).toEqual([
      ['c', 1.01],
      ['a', 0.85],
      ['b', 0.85],
    ])
    expect(fused[0]).toMatchObject({ denseRank: 2, lexicalRank: 2, upperBound: 20, shift: -0.05 })
    expect(fused[2]).toMatchObject({ denseRank: null, lexicalRank: 1, cosine: 0.7, bm25: 5 })
  })

  it('ranks by evidence alone without a dense result', () => {
    const fused = fuse({ passages, lexical })
    expect(fused.map((c) => [c.passage.id, c.fused, c.lift])).toEqual([
      ['b', 0.5, 0],
      ['c', 0.25, 0],
    ])
  })
})

describe('the ranking by bounded fusion', () => {
  it('adds the lexical score as a share of the highest that the question could reach', async () => {
    for (const candidate of await rank(DOCS, 'violet forms of the tax office')) {
      const { fused, cosine, bm25, upperBound } = candidate
      expect(fused).toBeCloseTo(cosine + (LEXICAL_WEIGHT * bm25) / upperBound, 10)
      expect(bm25).toBeLessThanOrEqual(upperBound)
    }
  })

  it('gives the lexical side little weight for a question that shares few words with the texts', async () => {
    const share = async (question: string) => {
      const [best] = (await rank(DOCS, question)).filter((c) => c.passage.id === 'tax')
      return best ? best.fused - best.cosine : Number.NaN
    }
    const whole = await share('violet forms')
    const poor = await share('violet quokka zeppelin xylophone marmalade')
    expect(whole).toBeGreaterThan(0.3 * LEXICAL_WEIGHT)
    expect(poor).toBeGreaterThan(0)
    expect(poor).toBeLessThan(whole / 3)
  })

  it('gives the lexical side no weight for a question of stop words only', async () => {
    for (const { fused, cosine } of await rank(DOCS, 'what is the')) expect(fused).toBe(cosine)
  })

  it('breaks ties by id', async () => {
    const same = ['d', 'b', 'a', 'c'].map((id) => en(id, 'the same words about bees'))
    for (const hybrid of [true, false]) {
      const ids = (await rank(same, 'bees', hybrid)).map((c) => c.passage.id)
      expect(ids).toEqual(['a', 'b', 'c', 'd'])
    }
  })

  it('ranks by the lexical share alone without a vector', async () => {
    const candidates = await rank(DOCS, 'violet forms', false)
    expect(candidates.map((c) => c.passage.id)).toEqual(['tax'])
    const [tax] = candidates
    expect(tax?.fused).toBeCloseTo((tax?.bm25 ?? 0) / (tax?.upperBound ?? 1), 10)
    expect(tax).toMatchObject({ cosine: 0, denseRank: null, lexicalRank: 1 })
  })

  it('scores each passage against the bound of its own language', async () => {
    const docs = [...DOCS, { id: 'abejas', language: 'es' as const, text: 'Las abejas y la miel.' }]
    const candidates = await rank(docs, 'abejas honey')
    const boundOf = (id: string) => candidates.find((c) => c.passage.id === id)?.upperBound
    expect(boundOf('tax')).toBe(boundOf('bees'))
    expect(boundOf('abejas')).not.toBe(boundOf('bees'))
  })

  it('reports both ranks, and null where a side did not propose the passage', async () => {
    const [first, ...rest] = await rank(DOCS, 'violet forms')
    expect(first).toMatchObject({ denseRank: 1, lexicalRank: 1, passage: { id: 'tax' } })
    for (const { lexicalRank, denseRank } of rest) {
      expect(lexicalRank).toBeNull()
      expect(denseRank).toBeGreaterThan(1)
    }
  })

  it('takes at most CANDIDATES passages from either side', async () => {
    const docs = Array.from({ length: 300 }, (_, i) => en(`p${i}`, `bees and thing ${i}`))
    const candidates = await rank(docs, 'bees')
    expect(candidates.length).toBeLessThanOrEqual(2 * CANDIDATES)
    expect(candidates.length).toBeGreaterThanOrEqual(CANDIDATES)
  })

  it('ranks best first and each passage once, for any question', async () => {
    const question = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .array(fc.constantFrom('bees', 'tax', 'noon', 'the', '¿qué', '800'))
        .map((w) => w.join(' ')),
    )
    await fc.assert(
      fc.asyncProperty(question, async (text) => {
        const scores = (await rank(DOCS, text)).map((c) => c.fused)
        expect(scores).toHaveLength(3)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
        expect(scores.every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 60, seed: 4 },
    )
  })
})
