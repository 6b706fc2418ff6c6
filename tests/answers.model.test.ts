/** What a newcomer asks, over the committed index and the bundled model. */
import { createHash } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type RetrievalInput,
  retrievalRequestSchema,
  retrievalResponseSchema,
} from '../src/engine/core/retrieval.ts'
import type { RunningService } from '../src/start/compose.ts'
import { loadService } from '../src/start/load-service.ts'
import { BASE_URL } from './fixtures/built-index.ts'
import { MODEL_DIR } from './fixtures/model.ts'

const QUESTIONS: readonly [string, RegExp][] = [
  ['no tengo acta apostillada, ¿puedo sacar el NSS?', /naturali[sz]a/i],
  [
    'Do I have a doctor now that I have the number?',
    /UMF|family (medicine|health|medical)|medicina familiar/i,
  ],
  ['whats the imss phone', /800[ -]?623[ -]?2323/],
  ['office hours for NSS in person', /8:00|8 a\.?m/i],
  [
    'is NSS the same as being insured',
    /vigencia|rights|entitle|coverage|cover|does not (start|give|create|register)/i,
  ],
]
const notices: string[] = []
let service: RunningService

beforeAll(async () => {
  service = await loadService({
    INDEX_DIR: fileURLToPath(new URL('../index', import.meta.url)),
    MODEL_DIR,
    MODEL_SESSIONS: 1,
    MODEL_THREADS: 1,
    VECTOR_INDEX: 'flat',
    baseUrl: BASE_URL,
    notice: (message) => notices.push(message),
  })
})
afterAll(() => service?.close())

async function ask(input: RetrievalInput) {
  const answer = await service.retriever.retrieve(retrievalRequestSchema.parse(input))
  return retrievalResponseSchema.parse(answer)
}

describe('the bundled service', () => {
  it('loads model and index, which belong together', () => {
    expect(service.hasModel).toBe(true)
    expect(notices).toEqual([])
  })

  it.each(QUESTIONS)('answers first: %s', async (query, answerPattern) => {
    const answer = await ask({ query })
    expect(answer.answerability.verdict).not.toBe('not_in_corpus')
    expect(answer.passages[0]?.text).toMatch(answerPattern)
    expect(answer).toMatchObject({ mode: 'hybrid', degraded: false })
  })

  it.each(['zzzz qqqq', 'best pizza in Naples'])('keeps quiet about: %s', async (query) => {
    const answer = await ask({ query })
    expect(answer.answerability.verdict).toBe('not_in_corpus')
    expect(answer).toMatchObject({ passages: [], quickScan: null, paths: null })
  })

  it('cites every passage so that it can be checked', async () => {
    for (const [query] of QUESTIONS) {
      for (const { citation, guide, language, text } of (await ask({ query, limit: 20 }))
        .passages) {
        const shelved = service.library.guide(guide.id, language)
        const { start, end, quote, guideSha256, url, sources } = citation
        expect(shelved?.text.slice(start, end)).toBe(quote)
        expect(quote).toBe(text)
        expect(
          createHash('sha256')
            .update(shelved?.text ?? '')
            .digest('hex'),
        ).toBe(guideSha256)
        expect(sources.length).toBeGreaterThan(0)
        const { pathname, searchParams, hash } = new URL(url)
        expect([pathname, searchParams.get('lang')]).toEqual([`/guides/${guide.id}`, language])
        expect(shelved?.sections.map((section) => `#${section.anchor}`)).toContain(hash)
      }
    }
  })

  it('gives a whole quick scan', async () => {
    const { quickScan } = await ask({ query: 'how do I get my NSS' })
    expect(quickScan?.coreQuestions.length).toBeGreaterThanOrEqual(3)
    expect(quickScan?.officialBodies.length).toBeGreaterThanOrEqual(2)
    expect(quickScan?.facts.length).toBeGreaterThanOrEqual(5)
    for (const { value, citation } of quickScan?.facts ?? [])
      expect(citation.quote).toContain(value)
  })

  it('gives every citation the same answer whoever else asks at the same time', async () => {
    const alone = await ask({ query: 'whats the imss phone' })
    const crowd = await Promise.all(QUESTIONS.map(([query]) => ask({ query })))
    const again = crowd.find((answer) => answer.query === alone.query)
    expect(again?.passages).toEqual(alone.passages)
  })
})
