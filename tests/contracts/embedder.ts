/** The contract of every embedder. */
import { afterAll, beforeAll, describe, expect } from 'vitest'
import type { Embedder } from '../../src/engine/core/embedder.ts'
import { dot } from '../../src/engine/core/vector.ts'
import { createChecks, type Skip } from './suite.ts'

type EmbedderSubject = {
  readonly name: string
  /** Opened once for the whole suite, closed after it. */
  readonly open: () => Promise<Embedder>
  readonly skip?: readonly Skip[]
}

const TEXTS = [
  'Register every hive at the counter.',
  '¿Cuánto cuesta la licencia de apicultura?',
  'a',
  'Phone 800 555 0000, code AB-02-008 🐝',
]

/** Largest difference between two vectors in one number. */
export function distance(a: Float32Array, b: Float32Array): number {
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - (b[i] ?? 9))), 0)
}

export function testEmbedder(subject: EmbedderSubject): void {
  const { check, done } = createChecks(subject.skip)
  describe(`the ${subject.name} embedder`, () => {
    let embedder: Embedder
    beforeAll(async () => {
      embedder = await subject.open()
    }, 60_000)
    afterAll(() => embedder?.close())
    const one = async (text: string, kind: 'query' | 'passage' = 'passage') => {
      const [vector] = await embedder.embed([text], kind)
      if (!vector) throw new Error('no vector')
      return vector
    }

    check('gives unit vectors of the dimensions it declares, and names its recipe', async () => {
      expect(embedder.fingerprint).not.toBe('')
      expect(embedder.modelId).not.toBe('')
      for (const vector of await embedder.embed(TEXTS, 'passage')) {
        expect(vector.length).toBe(embedder.dimensions)
        expect(Math.sqrt(dot(vector, vector))).toBeCloseTo(1, 4)
      }
    })

    check('keeps the order of its texts', async () => {
      const together = await embedder.embed(TEXTS, 'passage')
      expect(together).toHaveLength(TEXTS.length)
      for (const [i, text] of TEXTS.entries()) {
        expect(distance(together[i] ?? new Float32Array(), await one(text))).toBeLessThan(1e-6)
      }
    })

    check('answers an empty list with an empty list', async () => {
      expect(await embedder.embed([], 'query')).toEqual([])
    })

    check('gives the same vector whatever else is asked at the same time', async () => {
      const alone = await one(TEXTS[0] ?? '')
      const crowd = await Promise.all([
        one('x '.repeat(200)),
        one(TEXTS[0] ?? ''),
        embedder.embed([...TEXTS, 'noise', TEXTS[0] ?? ''], 'passage').then((all) => all.at(-1)),
        one(TEXTS[0] ?? ''),
      ])
      for (const vector of [crowd[1], crowd[2], crowd[3]]) {
        expect(distance(alone, vector ?? new Float32Array())).toBeLessThan(1e-6)
      }
    })

    check('truncates an over-long text instead of refusing it', async () => {
      const long = 'honey bees fly over the meadow '.repeat(300)
      const vector = await one(long)
      expect(Math.sqrt(dot(vector, vector))).toBeCloseTo(1, 4)
      expect(distance(vector, await one(`${long} and then something else`))).toBeLessThan(1e-6)
    })

    check('embeds a question differently from a passage, yet near it', async () => {
      const cosine = dot(await one('beekeeping licence', 'query'), await one('beekeeping licence'))
      expect(cosine).toBeLessThan(0.9999)
      expect(cosine).toBeGreaterThan(0.5)
    })

    check('puts a text nearer to its subject than to another', async () => {
      const question = await one('register a hive', 'query')
      const near = dot(question, await one('Register every hive at the counter.'))
      expect(near).toBeGreaterThan(dot(question, await one('The train leaves at noon from Oslo.')))
    })

    check('tells its progress', async () => {
      const told: number[] = []
      await embedder.embed(TEXTS, 'passage', { onProgress: (count) => told.push(count) })
      expect(told).toEqual([1, 2, 3, 4])
    })

    check('rejects with aborted when the signal is aborted before', async () => {
      const signal = AbortSignal.abort()
      const aborted = embedder.embed(TEXTS, 'query', { signal })
      await expect(aborted).rejects.toMatchObject({ code: 'aborted' })
    })

    check('rejects with aborted when the signal is aborted on the way', async () => {
      const controller = new AbortController()
      const onProgress = () => controller.abort()
      const { signal } = controller
      const aborted = embedder.embed([...TEXTS, ...TEXTS, ...TEXTS], 'query', {
        signal,
        onProgress,
      })
      await expect(aborted).rejects.toMatchObject({ code: 'aborted' })
      expect((await one('still works')).length).toBe(embedder.dimensions)
    })
    done()
  })
}
