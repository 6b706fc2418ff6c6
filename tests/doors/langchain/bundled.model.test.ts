/** LangChain in process over the committed index and the bundled model, as `nss-copilot/langchain` gives it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadNssCopilot } from '../../../src/start/langchain-entry.ts'
import type { NssCopilot } from '../../../src/start/langchain-in-process.ts'
import { testEmbeddings, testRetriever } from '../../contracts/langchain.ts'

let copilot: NssCopilot
beforeAll(async () => {
  copilot = await loadNssCopilot()
})
afterAll(() => copilot?.close())

testEmbeddings({ name: 'the bundled model', open: async () => copilot.asEmbeddings() })
testRetriever({
  name: 'the bundled service',
  query: 'how do I get my NSS',
  make: (options) => copilot.asRetriever(options),
})

describe('the bundled service in LangChain', () => {
  it('finds the same passage by vectors alone as the stored vectors say', async () => {
    const store = copilot.asVectorStore()
    const [first] = await store.similaritySearchWithScore('whats the imss phone', 1)
    expect(first?.[0].pageContent).toContain('800 623 2323')
    expect(first?.[1]).toBeGreaterThan(0.7)
  })

  it('says which model is missing, and still answers on words', async () => {
    const notices: string[] = []
    const lexical = await loadNssCopilot({
      modelDir: '/nowhere',
      notice: (message) => void notices.push(message),
    })
    const [first] = await lexical.asRetriever({ k: 1 }).invoke('imss phone number')
    expect(first?.metadata.degraded).toBe(true)
    expect(notices.join()).toContain('/nowhere')
    expect(() => lexical.asVectorStore()).toThrow(/no embedding model in \/nowhere/)
    await lexical.close()
  })
})
