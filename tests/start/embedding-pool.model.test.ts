import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Worker } from 'node:worker_threads'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createEmbeddingPool } from '../../src/start/embedding-pool.ts'
import { openModelFolder } from '../../src/start/model-folder.ts'
import { distance, testEmbedder } from '../contracts/embedder.ts'
import { MODEL_DIR } from '../fixtures/model.ts'
import { exitOf, watchWorkers } from '../fixtures/workers.ts'

testEmbedder({
  name: 'pooled',
  open: async () => createEmbeddingPool(await openModelFolder(MODEL_DIR), { sessions: 2 }),
})

describe('the pool of embedding sessions', () => {
  it('gives the vectors of the in-process adapter, under its fingerprint', async () => {
    const folder = await openModelFolder(MODEL_DIR)
    const [pool, single] = await Promise.all([
      createEmbeddingPool(folder, { sessions: 1 }),
      folder.open(1),
    ])
    try {
      const texts = ['whats the imss phone', '¿puedo sacar el NSS sin acta apostillada?']
      const [many, alone] = await Promise.all([
        pool.embed(texts, 'query'),
        single.embed(texts, 'query'),
      ])
      expect(pool.fingerprint).toBe(single.fingerprint)
      for (const [i, vector] of alone.entries()) {
        expect(distance(vector, many[i] ?? new Float32Array())).toBeLessThan(1e-6)
      }
    } finally {
      await Promise.all([pool.close(), single.close()])
    }
  })

  it('closes in the middle of its work: what waits is rejected, the process lives', async () => {
    const pool = await createEmbeddingPool(await openModelFolder(MODEL_DIR), { sessions: 2 })
    const texts = Array.from({ length: 12 }, (_, i) => `honey bees ${i} `.repeat(40))
    const embedding = pool.embed(texts, 'passage')
    const rejected = expect(embedding).rejects.toMatchObject({ code: 'model_unavailable' })
    await new Promise((resolve) => setTimeout(resolve, 50))
    await pool.close()
    await rejected
  })

  it('says model_unavailable when its sessions cannot load the model', async () => {
    const folder = await openModelFolder(MODEL_DIR)
    const nowhere = { ...folder, path: `${MODEL_DIR}-not-here` }
    await expect(createEmbeddingPool(nowhere, { sessions: 1 })).rejects.toMatchObject({
      code: 'model_unavailable',
      message: expect.stringContaining('not-here'),
    })
  })

  // Only deaths between inferences: terminated during one, ONNX Runtime aborts the process.
  it.each<[string, (worker: Worker) => void]>([
    ['is terminated from outside', (worker) => void worker.terminate()],
    ['throws', (worker) => worker.postMessage('no task')],
  ])('gives the same vectors from a new thread when the first %s', async (_, end) => {
    const workers = watchWorkers()
    const pool = await createEmbeddingPool(await openModelFolder(MODEL_DIR), { sessions: 1 })
    onTestFinished(() => pool.close())
    const [before] = await pool.embed(['honey'], 'query')
    const [first] = workers
    if (!first) throw new Error('the pool started no thread')
    const ended = exitOf(first)
    end(first)
    await ended
    const [after] = await pool.embed(['honey'], 'query')
    expect(after).toEqual(before)
    expect(pool.isUp).toBe(true)
    expect(workers).toHaveLength(2)
  })

  it('embeds a text again if its thread died during it', async () => {
    const workers = watchWorkers()
    const pool = await createEmbeddingPool(await openModelFolder(MODEL_DIR), { sessions: 1 })
    onTestFinished(() => pool.close())
    const [before] = await pool.embed(['honey'], 'query')
    // Read before the text that follows it, so that the thread dies with the text still unanswered.
    workers[0]?.postMessage('no task')
    const [after] = await pool.embed(['honey'], 'query')
    expect(after).toEqual(before)
    expect(workers).toHaveLength(2)
  })

  it('does not keep a process alive that forgets to close it', async () => {
    const program = `
      const { openModelFolder } = await import('./src/start/model-folder.ts')
      const { createEmbeddingPool } = await import('./src/start/embedding-pool.ts')
      const pool = await createEmbeddingPool(await openModelFolder(${JSON.stringify(MODEL_DIR)}), { sessions: 1 })
      const [vector] = await pool.embed(['honey'], 'query')
      console.log(vector.length)`
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '--eval', program],
      { timeout: 30_000 },
    )
    expect(stdout.trim()).toBe('384')
  })
})
