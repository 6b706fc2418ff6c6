/** @langchain/classic's ensemble and compression over our retriever, embeddings and vector store; prints what came back as JSON. */
import { ContextualCompressionRetriever } from '@langchain/classic/retrievers/contextual_compression'
import { EmbeddingsFilter } from '@langchain/classic/retrievers/document_compressors/embeddings_filter'
import { EnsembleRetriever } from '@langchain/classic/retrievers/ensemble'
import { loadNssCopilot, NssCopilotRetriever } from '../../dist/src/start/langchain-entry.js'

const [baseUrl = '', question = ''] = process.argv.slice(2)
const seen = ({ id, pageContent, metadata }) => ({ id, pageContent, metadata })
const local = await loadNssCopilot()
try {
  const overHttp = new NssCopilotRetriever({ baseUrl, k: 5 })
  const ensemble = new EnsembleRetriever({
    retrievers: [overHttp, local.asVectorStore().asRetriever({ k: 8 })],
    weights: [0.7, 0.3],
  })
  const compressed = new ContextualCompressionRetriever({
    baseRetriever: overHttp,
    baseCompressor: new EmbeddingsFilter({ embeddings: local.asEmbeddings(), k: 2 }),
  })
  const events = []
  const tracing = {
    handleRetrieverStart: () => events.push('start'),
    handleRetrieverEnd: () => events.push('end'),
  }
  const results = {
    base: (await overHttp.invoke(question)).map(seen),
    ensemble: (await ensemble.invoke(question, { callbacks: [tracing] })).map(seen),
    compressed: (await compressed.invoke(question)).map(seen),
  }
  console.log(JSON.stringify({ ...results, events }))
} finally {
  await local.close()
}
