import { appendFileSync, readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createHashingEmbedder } from '../../../src/engine/adapters/embedders/hashing.ts'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import { openEmbeddingCache } from '../../../src/engine/indexing/embedding-cache.ts'
import { buildSample } from '../../fixtures/build-sample.ts'
import { temporaryFolder } from '../../fixtures/built-index.ts'

const recipe = { fingerprint: 'test/1', dimensions: 3 }
const open = (dir: string, embedder = recipe, kind: 'query' | 'passage' = 'passage') =>
  openEmbeddingCache(createNodeFiles(), dir, embedder, kind)
const entry = (text: string, ...values: number[]) => ({ text, vector: Float32Array.from(values) })

it('returns what was stored, in another process too', async () => {
  const dir = temporaryFolder()
  const cache = await open(dir)
  await cache.put([entry('one', 1, 0, 0), entry('two', 0, 1, 0)])
  await cache.put([entry('three', 0, 0, 1)])
  for (const opened of [cache, await open(dir)]) {
    expect(await opened.get('one')).toEqual(Float32Array.of(1, 0, 0))
    expect(await opened.get('three')).toEqual(Float32Array.of(0, 0, 1))
    expect(await opened.get('four')).toBeUndefined()
  }
})

it('keeps different embedders apart, and questions from passages', async () => {
  const dir = temporaryFolder()
  await (await open(dir)).put([entry('one', 1, 0, 0)])
  expect(await (await open(dir, { ...recipe, fingerprint: 'other' })).get('one')).toBeUndefined()
  expect(await (await open(dir, recipe, 'query')).get('one')).toBeUndefined()
})

it('drops a torn last record, wherever it was cut off, and appends in its place', async () => {
  const recordBytes = 32 + 3 * 4
  for (const torn of [1, 31, 32, 33, recordBytes - 1]) {
    const dir = temporaryFolder()
    await (await open(dir)).put([entry('one', 1, 0, 0), entry('two', 0, 1, 0)])
    const path = join(dir, readdirSync(dir)[0] ?? '')
    truncateSync(path, recordBytes + torn)
    const cache = await open(dir)
    expect(await cache.get('one')).toEqual(Float32Array.of(1, 0, 0))
    expect(await cache.get('two')).toBeUndefined()
    await cache.put([entry('three', 0, 0, 1)])
    expect(readFileSync(path).length).toBe(2 * recordBytes)
    expect(await (await open(dir)).get('three')).toEqual(Float32Array.of(0, 0, 1))
  }
})

it('does not return a vector that was damaged on disk', async () => {
  const dir = temporaryFolder()
  await (await open(dir)).put([entry('one', 1, 0, 0)])
  const path = join(dir, readdirSync(dir)[0] ?? '')
  const bytes = readFileSync(path)
  bytes[32 + 3] = 0x41
  writeFileSync(path, bytes)
  expect(await (await open(dir)).get('one')).toBeUndefined()
})

it('starts afresh from an empty file or one shorter than a record', async () => {
  const dir = temporaryFolder()
  await (await open(dir)).put([entry('one', 1, 0, 0)])
  const path = join(dir, readdirSync(dir)[0] ?? '')
  for (const damage of [() => writeFileSync(path, ''), () => appendFileSync(path, 'x')]) {
    damage()
    expect(await (await open(dir)).get('one')).toBeUndefined()
  }
})

it('lets a build do without the embedder when the index was lost', async () => {
  const dir = temporaryFolder()
  const embedder = createHashingEmbedder()
  const first = await buildSample({ cache: await open(dir, embedder) })
  expect(first.embedded).toBeGreaterThan(first.content.passages.length)
  const openEmbedder = async () => {
    throw new Error('everything was embedded before')
  }
  const second = await buildSample({ cache: await open(dir, embedder), openEmbedder })
  expect(second.embedded).toBe(0)
  expect(second.content).toEqual(first.content)
})
