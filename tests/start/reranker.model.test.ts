/** A real cross-encoder in its thread, and the whole service with it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { retrievalRequestSchema } from '../../src/engine/core/retrieval.ts'
import { parseConfig } from '../../src/start/config.ts'
import { startServer } from '../../src/start/http-service.ts'
import { loadService } from '../../src/start/load-service.ts'
import { createLog } from '../../src/start/log.ts'
import { createRerankerThread } from '../../src/start/reranker-thread.ts'
import { testReranker } from '../contracts/reranker.ts'
import { BASE_URL, temporaryFolder } from '../fixtures/built-index.ts'
import { MODEL_DIR } from '../fixtures/model.ts'
import { RERANKER_DIR, rerankerFolderWith } from '../fixtures/tiny-reranker.ts'
import { watchWorkers } from '../fixtures/workers.ts'

const UNHURRIED = 600_000
const QUESTION = 'imss phone number for a worker who lost the card'

testReranker({ name: 'threaded', open: () => createRerankerThread(RERANKER_DIR, { threads: 1 }) })

describe('a reranker in a thread', () => {
  it('scores as it does without one, question after question', async () => {
    const thread = await createRerankerThread(RERANKER_DIR, { threads: 1 })
    onTestFinished(() => thread.close())
    const texts = ['The IMSS phone number.', 'A passport.']
    const both = await Promise.all([
      thread.score('imss phone', texts),
      thread.score('passport', texts),
    ])
    expect(both[0]?.[0]).toBeGreaterThan(both[0]?.[1] ?? Number.NaN)
    expect(both[1]?.[1]).toBeGreaterThan(both[1]?.[0] ?? Number.NaN)
  })

  it('scores in a new thread when the first one has ended', async () => {
    const workers = watchWorkers()
    const reranker = await createRerankerThread(RERANKER_DIR, { threads: 1 })
    onTestFinished(() => reranker.close())
    const before = await reranker.score('visa', ['a visa', 'a bank'])
    await workers[0]?.terminate()
    expect(await reranker.score('visa', ['a visa', 'a bank'])).toEqual(before)
    expect(workers).toHaveLength(2)
  })

  it('takes 8-bit weights where there are some, and weights that lie in no folder of their own', async () => {
    const weights = readFileSync(join(RERANKER_DIR, 'onnx/model.onnx'))
    for (const name of ['onnx/model_quantized.onnx', 'model_quantized.onnx', 'model.onnx']) {
      const folder = rerankerFolderWith({ 'onnx/model.onnx': () => null }, { [name]: weights })
      const thread = await createRerankerThread(`${folder}/`, { threads: 1 })
      onTestFinished(() => thread.close())
      expect(thread.modelId).toBe('changed-reranker')
      const [hit, miss] = await thread.score('visa', ['a visa', 'a bank'])
      expect(hit).toBeGreaterThan(miss ?? Number.NaN)
    }
  })

  it.each<[string, () => string, RegExp]>([
    ['is not there', () => `${temporaryFolder()}/nothing-here`, /nothing-here.*cannot be read/s],
    ['has no weights', () => without('onnx/model.onnx'), /has none of onnx/],
    ['has a cut tokenizer', () => cut('tokenizer.json'), /tokenizer\.json is not JSON/],
    ['has no description', () => without('config.json'), /config\.json cannot be read/],
    [
      'has cut weights',
      () => cut('onnx/model.onnx'),
      /could not be loaded from .*changed-reranker/,
    ],
    ['is an embedding model', () => MODEL_DIR, /not a cross-encoder: it returns no logits/],
  ])('says what is wrong with a folder that %s, and names the setting', async (_, path, what) => {
    const failure = createRerankerThread(path(), { threads: 1 })
    await expect(failure).rejects.toMatchObject({ code: 'model_unavailable' })
    await expect(failure).rejects.toThrow(what)
    await expect(failure).rejects.toThrow(/check RERANKER_DIR, or leave it empty$/)
  })
})

const without = (name: string) => rerankerFolderWith({ [name]: () => null })

/** Half of a file. */
function cut(name: string): string {
  return rerankerFolderWith({ [name]: (bytes) => bytes.subarray(0, bytes.length / 2) })
}

async function ask(env: { RERANKER_DIR?: string; RERANKER_TIMEOUT_MS?: number }) {
  const notices: string[] = []
  const service = await loadService({
    INDEX_DIR: 'index',
    MODEL_DIR: '/nowhere',
    MODEL_SESSIONS: 1,
    MODEL_THREADS: 1,
    VECTOR_INDEX: 'flat',
    baseUrl: BASE_URL,
    notice: (message) => notices.push(message),
    ...env,
  })
  onTestFinished(() => service.close())
  const request = { query: QUESTION, limit: 10, maxTokens: 8000, explain: true }
  const answer = await service.retriever.retrieve(retrievalRequestSchema.parse(request))
  return { answer, notices: notices.filter((notice) => notice.includes('reranker')) }
}

const ids = ({ answer }: Awaited<ReturnType<typeof ask>>) => answer.passages.map(({ id }) => id)

describe('the service with RERANKER_DIR', () => {
  it('orders the passages by the model, and says so', async () => {
    const off = await ask({})
    expect(off.answer.reranker).toBe('off')
    const on = await ask({ RERANKER_DIR, RERANKER_TIMEOUT_MS: UNHURRIED })
    expect(on.notices).toEqual([])
    expect(on.answer.reranker).toBe('applied')
    expect(on.answer.rerankerReason).toBeUndefined()
    expect(ids(on)).not.toEqual(ids(off))
    const scores = on.answer.passages.map((passage) => passage.explain?.rerankerScore ?? Number.NaN)
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(scores[0]).toBeGreaterThan(scores.at(-1) ?? Number.NaN)
    expect(on.answer.answerability).toEqual(off.answer.answerability)
  })

  it('answers in its own order when the limit runs out, and says why', async () => {
    const late = await ask({ RERANKER_DIR, RERANKER_TIMEOUT_MS: 1 })
    expect(late.answer).toMatchObject({
      reranker: 'skipped',
      rerankerReason: 'no answer within 1 ms',
    })
    expect(ids(late)).toEqual(ids(await ask({})))
  })

  it('starts without a model that does not load, says so once, and answers', async () => {
    const broken = await ask({ RERANKER_DIR: cut('onnx/model.onnx') })
    expect(broken.notices).toHaveLength(1)
    expect(broken.notices[0]).toMatch(/^answering without a reranker: .*check RERANKER_DIR/s)
    expect(ids(broken)).toEqual(ids(await ask({})))
  })

  it('says over HTTP whether it was applied', async () => {
    const config = parseConfig({
      PORT: '0',
      RERANKER_DIR,
      RERANKER_TIMEOUT_MS: String(UNHURRIED),
    })
    const server = await startServer(config, createLog('silent'))
    onTestFinished(server.stop)
    await server.ready()
    const response = await fetch(`${server.url}/retrieve?q=${encodeURIComponent(QUESTION)}`)
    expect(await response.json()).toMatchObject({ reranker: 'applied' })
  })
})
