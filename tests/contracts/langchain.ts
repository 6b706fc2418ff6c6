/** The assertions of Python's langchain-tests 1.1.9 for retrievers, embeddings and vector stores, in TypeScript. */
import { Document } from '@langchain/core/documents'
import type { EmbeddingsInterface } from '@langchain/core/embeddings'
import { RunnableLambda } from '@langchain/core/runnables'
import { describe, expect, it } from 'vitest'
import type { NssCopilotRetriever } from '../../src/doors/langchain/retriever.ts'
import type { NssCopilotVectorStore } from '../../src/doors/langchain/vector-store.ts'

/** `RetrieversIntegrationTests`, and what else a chain does with a retriever. */
export function testRetriever(suite: {
  name: string
  query: string
  make: (options: { k?: number }) => NssCopilotRetriever
}) {
  const { make, query } = suite
  const areDocuments = (found: unknown[]) =>
    expect(found.every((document) => document instanceof Document)).toBe(true)

  describe(`the standard of retrievers: ${suite.name}`, () => {
    it('takes k in the constructor', async () => {
      for (const k of [3, 1]) {
        const found = await make({ k }).invoke(query)
        expect(found).toHaveLength(k)
        areDocuments(found)
      }
    })

    it('takes k in a call', async () => {
      const retriever = make({})
      for (const k of [1, 3]) {
        const found = await retriever.invoke(query, { k })
        expect(found).toHaveLength(k)
        areDocuments(found)
      }
      expect(await retriever.invoke(query, { limit: 2 })).toHaveLength(2)
      expect(await make({ k: 3 }).invoke(query, { k: 1 })).toHaveLength(1)
    })

    it('returns documents', async () => {
      const found = await make({}).invoke(query)
      expect(found.length).toBeGreaterThan(0)
      areDocuments(found)
      for (const { pageContent, id } of found) {
        expect(typeof pageContent).toBe('string')
        expect(typeof id).toBe('string')
      }
    })

    it('answers a batch in order, each with the options of the call', async () => {
      const alone = await make({ k: 2 }).invoke(query)
      const both = await make({ k: 2 }).batch([query, 'apply for the beekeeping licence online'])
      expect(both).toHaveLength(2)
      expect(both[0]?.map(({ id }) => id)).toEqual(alone.map(({ id }) => id))
      expect(both[1]?.map(({ id }) => id)).not.toEqual(alone.map(({ id }) => id))
    })

    it('streams what it returns', async () => {
      const parts: Document[][] = []
      for await (const part of await make({ k: 2 }).stream(query)) parts.push(part as Document[]) // the port promises the interface only
      expect(parts.flat()).toHaveLength(2)
    })

    it('is piped into the next step', async () => {
      const count = RunnableLambda.from((documents: unknown[]) => documents.length)
      expect(await make({ k: 2 }).pipe(count).invoke(query)).toBe(2)
    })

    it('tells its events', async () => {
      const events: string[] = []
      for await (const { event } of make({ k: 2 }).streamEvents(query, { version: 'v2' }))
        events.push(event)
      expect(events).toEqual(expect.arrayContaining(['on_retriever_start', 'on_retriever_end']))
    })

    it('calls callbacks at start, end and fault, those of the call and those it was made with', async () => {
      const seen: string[] = []
      const callbacks = [
        {
          handleRetrieverStart: () => void seen.push('start'),
          handleRetrieverEnd: (documents: unknown[]) => void seen.push(`end ${documents.length}`),
          handleRetrieverError: () => void seen.push('error'),
        },
      ]
      await make({ k: 1 }).invoke(query, { callbacks })
      await expect(make({}).invoke(query, { k: 99, callbacks })).rejects.toThrow('limit')
      expect(seen).toEqual(['start', 'end 1', 'start', 'error'])
    })

    it('does nothing once the signal is aborted', async () => {
      const seen: string[] = []
      const callbacks = [{ handleRetrieverStart: () => void seen.push('start') }]
      const signal = AbortSignal.abort(new Error('too late'))
      const call = make({}).invoke(query, { signal, callbacks })
      await expect(call).rejects.toMatchObject({ code: 'aborted', cause: signal.reason })
      await expect(make({}).batch([query], { signal })).rejects.toThrow()
      await expect(
        make({}).pipe(RunnableLambda.from(String)).invoke(query, { signal }),
      ).rejects.toThrow()
      expect(seen).toEqual([])
    })
  })
}

/** `EmbeddingsIntegrationTests`; in TypeScript every call is asynchronous. */
export function testEmbeddings(suite: { name: string; open: () => Promise<EmbeddingsInterface> }) {
  describe(`the standard of embeddings: ${suite.name}`, () => {
    it('embeds a question as a list of numbers, always as long', async () => {
      const embeddings = await suite.open()
      const [foo, bar] = [await embeddings.embedQuery('foo'), await embeddings.embedQuery('bar')]
      expect(Array.isArray(foo)).toBe(true)
      expect(foo.length).toBeGreaterThan(0)
      expect(typeof foo[0]).toBe('number')
      expect(bar).toHaveLength(foo.length)
    })

    it('embeds documents in order, as long as questions', async () => {
      const embeddings = await suite.open()
      const texts = ['foo', 'bar', 'baz']
      const vectors = await embeddings.embedDocuments(texts)
      const { length } = await embeddings.embedQuery('foo')
      expect(vectors).toHaveLength(3)
      for (const [at, vector] of vectors.entries()) {
        expect(Array.isArray(vector)).toBe(true)
        expect(vector).toHaveLength(length)
        expect(vector.every(Number.isFinite)).toBe(true)
        expect([vector]).toEqual(await embeddings.embedDocuments([texts[at] ?? '']))
      }
    })
  })
}

/** `VectorStoreIntegrationTests`; `open` gives an empty store. */
export function testVectorStore(suite: { name: string; open: () => NssCopilotVectorStore }) {
  const { open } = suite
  const foo = new Document({ pageContent: 'foo', metadata: { id: 1 } })
  const bar = new Document({ pageContent: 'bar', metadata: { id: 2 } })
  const baz = new Document({ pageContent: 'baz', metadata: { id: 3 } })
  const withId = ({ pageContent, metadata }: Document, id: string) =>
    new Document({ id, pageContent, metadata })
  const byId = (documents: readonly Document[]) =>
    [...documents].sort((a, b) => ((a.id ?? '') < (b.id ?? '') ? -1 : 1))

  describe(`the standard of vector stores: ${suite.name}`, () => {
    it('is empty at first, and again after another was filled', async () => {
      expect(await open().similaritySearch('foo', 1)).toEqual([])
      await open().addDocuments([foo])
      expect(await open().similaritySearch('foo', 1)).toEqual([])
    })

    it('finds what was added, under the ids it gave, and leaves the originals alone', async () => {
      const store = open()
      const originals = [foo, bar].map(({ pageContent, metadata }) => ({ pageContent, metadata }))
      const ids = await store.addDocuments(originals)
      const found = await store.similaritySearch('bar', 2)
      expect(found).toEqual([withId(bar, ids[1] ?? ''), withId(foo, ids[0] ?? '')])
      expect(originals).toEqual([
        { pageContent: 'foo', metadata: { id: 1 } },
        { pageContent: 'bar', metadata: { id: 2 } },
      ])
    })

    it('deletes one, several, and what is not there', async () => {
      const store = open()
      const ids = await store.addDocuments([foo, bar, baz], { ids: ['1', '2', '3'] })
      expect(ids).toEqual(['1', '2', '3'])
      await store.delete({ ids: ['1'] })
      expect(await store.similaritySearch('foo', 1)).not.toEqual([withId(foo, '1')])
      await store.delete({ ids: ['1', '2'] })
      expect(await store.similaritySearch('foo', 1)).toEqual([withId(baz, '3')])
      await store.delete({ ids: ['1', '4'] })
    })

    it('adds the same ids once', async () => {
      const store = open()
      for (let i = 0; i < 2; i++) await store.addDocuments([foo, bar], { ids: ['1', '2'] })
      expect(await store.similaritySearch('bar', 2)).toEqual([withId(bar, '2'), withId(foo, '1')])
    })

    it('replaces a document by its id', async () => {
      const store = open()
      await store.addDocuments([foo, bar], { ids: ['1', '2'] })
      const newFoo = new Document({ pageContent: 'new foo', metadata: { some: 'metadata' } })
      await store.addDocuments([newFoo], { ids: ['1'] })
      const found = await store.similaritySearch('new foo', 2)
      expect(found).toEqual([withId(newFoo, '1'), withId(bar, '2')])
    })

    it('gets by ids what is there and nothing for the rest', async () => {
      const store = open()
      await store.addDocuments([foo, bar], { ids: ['1', '2'] })
      expect(byId(await store.getByIds(['1', '2']))).toEqual([withId(foo, '1'), withId(bar, '2')])
      expect(await store.getByIds(['2', '3'])).toEqual([withId(bar, '2')])
      expect(await open().getByIds(['1', '2', '3'])).toEqual([])
    })

    it('keeps the id that a document has and makes one for the others', async () => {
      const store = open()
      const ids = await store.addDocuments([withId(foo, 'foo'), bar])
      expect(ids).toHaveLength(2)
      expect(ids).toContain('foo')
      const other = ids.find((id) => id !== 'foo') ?? ''
      expect(byId(await store.getByIds(ids))).toEqual(
        byId([withId(foo, 'foo'), withId(bar, other)]),
      )
    })
  })
}
