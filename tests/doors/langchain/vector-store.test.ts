/** LangChain embeddings and vector store over the sample index with the hashing embedder. */
import { Document } from '@langchain/core/documents'
import { describe, expect, it } from 'vitest'
import { NssCopilotEmbeddings } from '../../../src/doors/langchain/embeddings.ts'
import { NssCopilotVectorStore } from '../../../src/doors/langchain/vector-store.ts'
import { createHashingEmbedder } from '../../../src/engine/adapters/embedders/hashing.ts'
import { createFlatIndex } from '../../../src/engine/adapters/vector-indexes/flat.ts'
import { facetsOf } from '../../../src/engine/core/passage-filter.ts'
import type { VectorIndex } from '../../../src/engine/core/vector-index.ts'
import { testEmbeddings, testVectorStore } from '../../contracts/langchain.ts'
import { sampleRetriever } from '../../fixtures/built-index.ts'

const embeddings = new NssCopilotEmbeddings({ embedder: createHashingEmbedder() })

testEmbeddings({ name: 'hashing', open: async () => embeddings })
testVectorStore({ name: 'in memory', open: () => new NssCopilotVectorStore(embeddings) })

async function sampleStore() {
  const { library, content } = await sampleRetriever()
  const vectorIndex = createFlatIndex({ ...content.vectors, facets: facetsOf(content) })
  const depths: number[] = []
  const counting: VectorIndex = {
    ...vectorIndex,
    search(vector, search) {
      depths.push(search.k)
      return vectorIndex.search(vector, search)
    },
  }
  const store = new NssCopilotVectorStore(embeddings, { index: { library, vectorIndex: counting } })
  return { store, library, vectorIndex, depths }
}

const QUESTION = 'register every hive at the counter with a photograph'

describe('the embeddings', () => {
  it('give questions and passages the prefix of each', async () => {
    const asked = await embeddings.embedQuery('hive')
    const [stored] = await embeddings.embedDocuments(['hive'])
    expect(asked).not.toEqual(stored)
    expect(embeddings.dimensions).toBe(asked.length)
  })
})

describe('the index as a vector store', () => {
  it('finds passages with their citation, most similar first', async () => {
    const { store, library } = await sampleStore()
    const found = await store.similaritySearchWithScore(QUESTION, 5)
    const scores = found.map(([, score]) => score)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(scores).toHaveLength(5)
    const [document] = found[0] ?? []
    expect(document?.id).toContain('hive.en.register')
    const { start, end, guideSha256, source } = document?.metadata ?? {}
    expect(library.guide('hive', 'en')?.text.slice(start, end)).toBe(document?.pageContent)
    expect(guideSha256).toBe(library.guide('hive', 'en')?.sha256)
    expect(source).toBe('https://guides.example/guides/hive?lang=en#register')
    expect(await store.getByIds([document?.id ?? ''])).toEqual([document])
  })

  it('returns as many as requested, whatever the filter, and searches no deeper than necessary', async () => {
    const { store, vectorIndex, depths } = await sampleStore()
    const spanish = await store.similaritySearch(QUESTION, 2, { languages: ['es'] })
    expect(spanish.map(({ metadata }) => metadata.language)).toEqual(['es', 'es'])
    expect(depths).toEqual([2])
    depths.length = 0
    await store.similaritySearch(QUESTION, 2)
    expect(depths).toEqual([2])
    const both = { languages: ['en'], guides: ['licence', 'hive'] } as const
    const some = await store.similaritySearch(QUESTION, 50, both)
    expect(new Set(some.map(({ metadata }) => metadata.guide.id))).toEqual(
      new Set(['licence', 'hive']),
    )
    expect(await store.similaritySearch(QUESTION, 50)).toHaveLength(vectorIndex.size)
    const cited = await store.similaritySearch(QUESTION, 3, (d) => d.pageContent.includes('swarms'))
    expect(cited).toHaveLength(1)
    expect(depths.every((depth) => depth <= vectorIndex.size || depth === 50)).toBe(true)
    expect(await store.similaritySearch(QUESTION, 3, { guides: ['nothing'] })).toEqual([])
    expect(await store.similaritySearch(QUESTION, 0)).toEqual([])
  })

  it('is a retriever, filter included, which an aborted signal stops', async () => {
    const { store, depths } = await sampleStore()
    const retriever = store.asRetriever({ k: 2, filter: { guides: ['licence'] } })
    const found = await retriever.invoke(QUESTION)
    expect(found.map(({ metadata }) => metadata.guide.id)).toEqual(['licence', 'licence'])
    depths.length = 0
    const call = retriever.invoke(QUESTION, { signal: AbortSignal.abort() })
    await expect(call).rejects.toMatchObject({ code: 'aborted' })
    expect(depths).toEqual([])
  })

  it('finds different passages by maximal marginal relevance', async () => {
    const { store } = await sampleStore()
    const near = await store.similaritySearch(QUESTION, 3)
    const options = { k: 3, fetchK: 12, lambda: 0 }
    const diverse = await store.maxMarginalRelevanceSearch(QUESTION, options)
    expect(diverse).toHaveLength(3)
    expect(diverse[0]?.id).toBe(near[0]?.id)
    expect(diverse.map(({ id }) => id)).not.toEqual(near.map(({ id }) => id))
    const viaRetriever = store.asRetriever({
      k: 3,
      searchType: 'mmr',
      searchKwargs: { fetchK: 12, lambda: 0 },
    })
    expect(await viaRetriever.invoke(QUESTION)).toEqual(diverse)
  })

  it('ranks own documents among the passages and never touches the index', async () => {
    const { store, vectorIndex } = await sampleStore()
    const mine = new Document({ pageContent: QUESTION, metadata: { mine: true } })
    const [id] = await store.addDocuments([mine])
    const [first, second] = await store.similaritySearch(QUESTION, 2)
    expect(first).toMatchObject({ id, metadata: { mine: true } })
    expect(second?.id).toContain('hive.en.register')
    const passageId = second?.id ?? ''
    await expect(store.addDocuments([mine], { ids: [passageId] })).rejects.toThrow('read-only')
    await expect(store.delete({ ids: [id ?? '', passageId] })).rejects.toThrow('read-only')
    // All or nothing.
    expect(await store.getByIds([id ?? ''])).toHaveLength(1)
    await store.delete({ ids: [id ?? ''] })
    expect(await store.similaritySearch(QUESTION, 99)).toHaveLength(vectorIndex.size)
  })

  it('refuses vectors of another model', async () => {
    const { store } = await sampleStore()
    const document = new Document({ pageContent: 'x' })
    await expect(store.addVectors([[1, 0]], [document])).rejects.toMatchObject({
      code: 'vector_invalid',
    })
    await expect(store.addVectors([], [document])).rejects.toThrow('0 vectors for 1 documents')
    await expect(store.similaritySearchVectorWithScore([1, 0], 1)).rejects.toMatchObject({
      code: 'vector_invalid',
    })
    await expect(
      store.similaritySearchVectorWithScore(Array(256).fill(Number.NaN), 1),
    ).rejects.toMatchObject({ code: 'vector_invalid' })
  })

  it('is made from documents or texts as any other store', async () => {
    const store = await NssCopilotVectorStore.fromTexts(['a bee', 'a hive'], { n: 1 }, embeddings)
    expect((await store.similaritySearch('hive', 1))[0]).toMatchObject({
      pageContent: 'a hive',
      metadata: { n: 1 },
    })
  })
})
