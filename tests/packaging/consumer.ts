/** What a consumer writes; compiled against the packed package by package.test.ts, never here. */
// biome-ignore-all lint/correctness/noUndeclaredDependencies: the consumer has the package, this repository is it
import type { BaseRetriever } from '@langchain/core/retrievers'
import { createClient, isRetrievalError, type RetrievalResponse } from 'nss-copilot/client'
import { loadNssCopilot, NssCopilotRetriever } from 'nss-copilot/langchain'

export async function overHttp(baseUrl: string): Promise<string[]> {
  const client = createClient({ baseUrl, retries: 1 })
  try {
    const answer: RetrievalResponse = await client.retrieve({ query: 'is the NSS free?', limit: 2 })
    // @ts-expect-error the verdict is one of three words
    const wrong: 'maybe' = answer.answerability.verdict
    // @ts-expect-error a limit is a number
    await client.retrieve({ query: 'x', limit: wrong })
    return answer.passages.map((passage) => passage.citation.quote)
  } catch (error) {
    if (isRetrievalError(error) && error.code === 'unreachable') return []
    throw error
  }
}

export async function withLangchain(baseUrl: string): Promise<number> {
  const remote: BaseRetriever = new NssCopilotRetriever({ baseUrl, k: 3, languages: ['es'] })
  const copilot = await loadNssCopilot({ threads: 1 })
  const local = copilot.asRetriever({ k: 3 })
  const [document] = await local.invoke('is the NSS free?', { k: 1 })
  const score: number | undefined = document?.metadata.score
  // @ts-expect-error a score is a number
  const wrong: string | undefined = document?.metadata.score
  // @ts-expect-error one of retriever and baseUrl has to be given
  new NssCopilotRetriever({ k: 3 })
  await copilot.asVectorStore().similaritySearch('x', 2, { languages: ['en'] })
  const vector: number[] = await copilot.asEmbeddings().embedQuery('x')
  await copilot.close()
  return (score ?? 0) + vector.length + (await remote.invoke('x')).length + (wrong?.length ?? 0)
}
