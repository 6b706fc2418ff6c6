/** Every tool over the committed index and the bundled model: what it sends stays within the bound, counted by that model. */
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { estimateTokens, MAX_RESULT_TOKENS } from '../../../src/doors/mcp/result-size.ts'
import type { CountTokens } from '../../../src/engine/core/embedder.ts'
import type { RunningService } from '../../../src/start/compose.ts'
import { loadService } from '../../../src/start/load-service.ts'
import { openModelFolder } from '../../../src/start/model-folder.ts'
import { BASE_URL } from '../../fixtures/built-index.ts'
import { MODEL_DIR } from '../../fixtures/model.ts'
import { connect, mcpApp, structuredOf, textsOf } from './connected.ts'

const QUESTIONS = [
  'what do I need for an NSS',
  'no tengo acta apostillada, ¿puedo sacar el NSS?',
  'IMSS phone and office hours',
  'cómo corregir mi CURP',
  'CURP RFC NSS differences documents costs hours phone law limits',
  'Modalidad 33 family insurance cost',
]
let service: RunningService
let countTokens: CountTokens

beforeAll(async () => {
  const folder = await openModelFolder(MODEL_DIR)
  countTokens = await folder.openTokenCounter()
  service = await loadService({
    INDEX_DIR: fileURLToPath(new URL('../../../index', import.meta.url)),
    MODEL_DIR,
    MODEL_SESSIONS: 1,
    MODEL_THREADS: 1,
    VECTOR_INDEX: 'flat',
    baseUrl: BASE_URL,
    notice: () => undefined,
  })
})
afterAll(() => service?.close())

const client = () => connect(mcpApp(service), '2026-07-28')

/** Counted as sent: text and structured content together. */
function expectWithinBound(result: object): void {
  const sent = JSON.stringify(result)
  const counted = countTokens(sent)
  expect(counted).toBeLessThanOrEqual(MAX_RESULT_TOKENS)
  expect(estimateTokens(sent)).toBeGreaterThanOrEqual(counted)
  expect(estimateTokens(sent)).toBeLessThan(counted * 1.4)
}

describe('the bound of a tool result', () => {
  it('holds for fetch and quick_scan of every guide, and every guide comes whole', async () => {
    const asking = await client()
    for (const { id, language } of service.library.guides()) {
      const fetched = await asking.callTool({
        name: 'fetch',
        arguments: { id: `${id}.${language}` },
      })
      expectWithinBound(fetched)
      expect(structuredOf(fetched).text).toBe(service.library.guide(id, language)?.text)
      const scan = await asking.callTool({
        name: 'quick_scan',
        arguments: { guide: id, language },
      })
      expectWithinBound(scan)
    }
  })

  it.each(QUESTIONS)('holds for search and for the largest retrieve: %s', async (query) => {
    const asking = await client()
    expectWithinBound(await asking.callTool({ name: 'search', arguments: { query } }))
    for (const explain of [false, true]) {
      const result = await asking.callTool({
        name: 'retrieve',
        arguments: { query, limit: 20, maxTokens: 8000, explain },
      })
      expectWithinBound(result)
      const { passages, omitted } = structuredOf(result)
      expect(passages.length).toBeGreaterThanOrEqual(5)
      expect(passages.length + omitted).toBeLessThanOrEqual(20)
    }
  })

  it('leaves an ordinary answer whole', async () => {
    const asking = await client()
    for (const query of QUESTIONS.slice(0, 3)) {
      const result = await asking.callTool({ name: 'retrieve', arguments: { query } })
      expectWithinBound(result)
      const { passages, quickScan } = structuredOf(result)
      const direct = await service.retriever.retrieve({
        query,
        limit: 5,
        maxTokens: 1500,
        minAuthority: 'secondary',
        quickScan: true,
        explain: false,
        format: 'json',
      })
      expect(passages).toEqual(direct.passages)
      expect(quickScan).toEqual(direct.quickScan)
      for (const { text } of passages) expect(textsOf(result)[0]).toContain(text)
    }
  })

  it('holds for a check of long quotes, which must then be sent in smaller batches', async () => {
    const asking = await client()
    const text = service.library.guide('nss', 'es')?.text ?? ''
    const citations = Array.from({ length: 12 }, (_, i) => ({
      quote: text.slice(i * 1000, i * 1000 + 4000),
    })).filter(({ quote }) => quote !== '')
    const result = await asking.callTool({ name: 'verify_citations', arguments: { citations } })
    expectWithinBound(result)
  })
})
