import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createHashingEmbedder } from '../../../src/engine/adapters/embedders/hashing.ts'
import { createFlatIndex } from '../../../src/engine/adapters/vector-indexes/flat.ts'
import type { Language } from '../../../src/engine/core/language.ts'
import { PROFILES } from '../../../src/engine/languages/registry.ts'
import { buildLexicalSnapshot, createLexicalIndex } from '../../../src/engine/lexical/bm25.ts'
import { CANDIDATES, fuse, LEXICAL_WEIGHT } from '../../../src/engine/search/fusion.ts'

type Doc = { readonly id: string; readonly language: Language; readonly text: string }
const en = (id: string, text: string): Doc => ({ id, language: 'en', text })

async function fuseOver(docs: readonly Doc[], question: string, hybrid = true) {
  const embedder = createHashingEmbedder()
  const rows = await embedder.embed(
    docs.map((doc) => doc.text),
    'passage',
  )
  const data = new Float32Array(docs.length * embedder.dimensions)
  rows.forEach((row, i) => {
    data.set(row, i * embedder.dimensions)
  })
  const ids = docs.map((doc) => doc.id)
  const [vector] = await embedder.embed([question], 'query')
  const vectorIndex = createFlatIndex({ ids, dimensions: embedder.dimensions, data })
  const meanOf = (language: Language) =>
    vectorIndex.mean(docs.filter((doc) => doc.language === language).map((doc) => doc.id))
  return fuse({
    languageMeans: {
      byLanguage: new Map([
        ['en', meanOf('en')],
        ['es', meanOf('es')],
      ]),
      all: vectorIndex.mean(ids),
    },
    lexical: createLexicalIndex(buildLexicalSnapshot(docs, PROFILES), {
      languages: PROFILES,
    }).query(question),
    vectorIndex,
    vector: hybrid ? vector : undefined,
    passages: new Map(docs.map((doc) => [doc.id, doc])),
  })
}

const DOCS = [
  en('bees', 'Honey bees swarm in May when the hive is crowded.'),
  en('tax', 'The tax office sells violet forms in the arcade.'),
  en('train', 'Trains to the coast leave at noon from platform nine.'),
]

describe('bounded fusion', () => {
  it('adds the lexical share of what the question could have reached', async () => {
    for (const candidate of await fuseOver(DOCS, 'violet forms of the tax office')) {
      const { fused, cosine, bm25, upperBound } = candidate
      expect(fused).toBeCloseTo(cosine + (LEXICAL_WEIGHT * bm25) / upperBound, 10)
      expect(bm25).toBeLessThanOrEqual(upperBound)
    }
  })

  it('gives the lexical side little say on a question that shares few words', async () => {
    const share = async (question: string) => {
      const [best] = (await fuseOver(DOCS, question)).filter((c) => c.passage.id === 'tax')
      return best ? best.fused - best.cosine : Number.NaN
    }
    const whole = await share('violet forms')
    const poor = await share('violet quokka zeppelin xylophone marmalade')
    expect(whole).toBeGreaterThan(0.3 * LEXICAL_WEIGHT)
    expect(poor).toBeGreaterThan(0)
    expect(poor).toBeLessThan(whole / 3)
  })

  it('gives the lexical side no say when nothing but stop words is asked', async () => {
    for (const { fused, cosine } of await fuseOver(DOCS, 'what is the')) expect(fused).toBe(cosine)
  })

  it('breaks ties by id', async () => {
    const same = ['d', 'b', 'a', 'c'].map((id) => en(id, 'the same words about bees'))
    for (const hybrid of [true, false]) {
      const ids = (await fuseOver(same, 'bees', hybrid)).map((c) => c.passage.id)
      expect(ids).toEqual(['a', 'b', 'c', 'd'])
    }
  })

  it('ranks by the lexical share alone without a vector', async () => {
    const candidates = await fuseOver(DOCS, 'violet forms', false)
    expect(candidates.map((c) => c.passage.id)).toEqual(['tax'])
    const [tax] = candidates
    expect(tax?.fused).toBeCloseTo((tax?.bm25 ?? 0) / (tax?.upperBound ?? 1), 10)
    expect(tax).toMatchObject({ cosine: 0, denseRank: null, lexicalRank: 1 })
  })

  it('scores each passage against the bound of its own language', async () => {
    const docs = [...DOCS, { id: 'abejas', language: 'es' as const, text: 'Las abejas y la miel.' }]
    const candidates = await fuseOver(docs, 'abejas honey')
    const boundOf = (id: string) => candidates.find((c) => c.passage.id === id)?.upperBound
    expect(boundOf('tax')).toBe(boundOf('bees'))
    expect(boundOf('abejas')).not.toBe(boundOf('bees'))
  })

  it('gives both ranks, and null where a side did not propose the passage', async () => {
    const [first, ...rest] = await fuseOver(DOCS, 'violet forms')
    expect(first).toMatchObject({ denseRank: 1, lexicalRank: 1, passage: { id: 'tax' } })
    for (const { lexicalRank, denseRank } of rest) {
      expect(lexicalRank).toBeNull()
      expect(denseRank).toBeGreaterThan(1)
    }
  })

  it('looks no deeper than its candidates on either side', async () => {
    const docs = Array.from({ length: 300 }, (_, i) => en(`p${i}`, `bees and thing ${i}`))
    const candidates = await fuseOver(docs, 'bees')
    expect(candidates.length).toBeLessThanOrEqual(2 * CANDIDATES)
    expect(candidates.length).toBeGreaterThanOrEqual(CANDIDATES)
  })

  it('orders every question best first, once per passage, whatever is asked', async () => {
    const question = fc.oneof(
      fc.string({ maxLength: 60 }),
      fc
        .array(fc.constantFrom('bees', 'tax', 'noon', 'the', '¿qué', '800'))
        .map((w) => w.join(' ')),
    )
    await fc.assert(
      fc.asyncProperty(question, async (text) => {
        const scores = (await fuseOver(DOCS, text)).map((c) => c.fused)
        expect(scores).toHaveLength(3)
        expect(scores).toEqual([...scores].sort((a, b) => b - a))
        expect(scores.every(Number.isFinite)).toBe(true)
      }),
      { numRuns: 60, seed: 4 },
    )
  })
})
