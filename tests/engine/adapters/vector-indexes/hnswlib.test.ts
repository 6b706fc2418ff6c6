import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createFlatIndex } from '../../../../src/engine/adapters/vector-indexes/flat.ts'
import {
  createHnswIndex,
  loadHnswlib,
} from '../../../../src/engine/adapters/vector-indexes/hnswlib.ts'
import { messageOf } from '../../../../src/engine/core/errors.ts'
import { testVectorIndex } from '../../../contracts/vector-index.ts'
import { temporaryFolder } from '../../../fixtures/built-index.ts'
import { clusteredTable, recallAt10 } from '../../../fixtures/vectors.ts'

// An optional dependency: where it cannot be compiled, its tests are reported as skipped, with the reason.
const missing = await loadHnswlib().then(() => undefined, messageOf)

if (missing !== undefined) {
  it.skip(`the hnswlib vector index (${missing})`, () => undefined)
} else {
  testVectorIndex({
    name: 'hnswlib',
    create: (table) => createHnswIndex(table),
    async reload(table) {
      const cachePath = join(temporaryFolder(), 'hnsw.bin')
      await createHnswIndex(table, { cachePath })
      return createHnswIndex(table, { cachePath })
    },
  })

  describe('the graph cache of hnswlib', () => {
    const table = clusteredTable({ count: 500, dimensions: 16, seed: 3 })

    it('is written once and read again', async () => {
      const folder = temporaryFolder()
      const cachePath = join(folder, 'hnsw.bin')
      await createHnswIndex(table, { cachePath })
      expect(readdirSync(folder)).toEqual(['hnsw.bin', 'hnsw.bin.sha256'])
      const before = statSync(cachePath)
      const index = await createHnswIndex(table, { cachePath })
      expect(statSync(cachePath).mtimeMs).toBe(before.mtimeMs)
      expect(await recallAt10(index, createFlatIndex(table), 20)).toBeGreaterThanOrEqual(0.95)
    })

    it('is built again when it is truncated, empty or of another size', async () => {
      const cachePath = join(temporaryFolder(), 'hnsw.bin')
      await createHnswIndex(table, { cachePath })
      const whole = readFileSync(cachePath)
      const other = clusteredTable({ count: 40, dimensions: 16, seed: 4 })
      for (const damage of [
        () => writeFileSync(cachePath, whole.subarray(0, whole.length / 2)),
        () => writeFileSync(cachePath, ''),
        () => writeFileSync(cachePath, 'not a graph'),
        () =>
          writeFileSync(
            cachePath,
            whole.map((byte, i) => (i % 97 === 0 ? byte ^ 0xff : byte)),
          ),
        () => createHnswIndex(other, { cachePath }),
      ]) {
        await damage()
        const index = await createHnswIndex(table, { cachePath })
        expect(index.size).toBe(500)
        expect(await recallAt10(index, createFlatIndex(table), 20)).toBeGreaterThanOrEqual(0.95)
        expect(readFileSync(cachePath).length).toBe(whole.length)
      }
    })

    it('is left out where the folder cannot be written, and searches work all the same', async () => {
      const cachePath = join(temporaryFolder(), 'nowhere', 'hnsw.bin')
      const index = await createHnswIndex(table, { cachePath })
      const { nearest } = await index.search(table.data.subarray(0, 16), { k: 1 })
      expect(nearest[0]?.id).toBe('p0')
    })
  })
}
