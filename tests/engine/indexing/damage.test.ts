import { cpSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isRetrievalError, type RetrievalError } from '../../../src/engine/core/errors.ts'
import { INDEX_FORMAT, type Manifest } from '../../../src/engine/core/index-snapshot.ts'
import { createRandom } from '../../../workshop/evaluation/random.ts'
import { makeFolder, readIndex, temporaryFolder, writeSample } from '../../fixtures/built-index.ts'
import { changedCorpus } from '../../fixtures/corpus.ts'

const STEMS = ['sources', 'guides', 'passages', 'vectors', 'means', 'lexical'] as const
const whole = makeFolder()
const other = makeFolder()
let manifest: Manifest
let otherManifest: Manifest

beforeAll(async () => {
  manifest = await writeSample(whole.path)
  otherManifest = await writeSample(other.path, { corpus: changedCorpus() })
})
afterAll(() => {
  whole.remove()
  other.remove()
})

/** The error that a damaged copy is refused with; fails when it is read. */
async function refusal(damage: (dir: string) => void): Promise<RetrievalError> {
  const dir = temporaryFolder()
  cpSync(whole.path, dir, { recursive: true })
  damage(dir)
  const answer = await readIndex(dir).catch((error: unknown) => error)
  if (!isRetrievalError(answer))
    throw new Error(`not refused: ${String(answer)}`, { cause: answer })
  expect(answer.message).toContain('npm run build:index')
  return answer
}

const rewrite = (dir: string, change: (manifest: Record<string, unknown>) => unknown) =>
  writeFileSync(
    join(dir, 'manifest.json'),
    JSON.stringify(change(JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')))),
  )

describe.each(STEMS)('an index whose %s file', (stem) => {
  it('is truncated, emptied or longer is refused by name', async () => {
    const { name, bytes } = manifest.files[stem]
    for (const length of [0, 1, Math.floor(bytes / 2), bytes - 1, bytes + 1]) {
      const error = await refusal((dir) => truncateSync(join(dir, name), length))
      expect(error.code).toBe('index_damaged')
      expect(error.message).toContain(name)
    }
  })

  it('has one byte flipped is refused by name', async () => {
    const { name, bytes } = manifest.files[stem]
    const random = createRandom(5)
    for (let i = 0; i < 8; i++) {
      const error = await refusal((dir) => flip(join(dir, name), Math.floor(random() * bytes)))
      expect(error.code).toBe('index_damaged')
      expect(error.message).toContain(name)
    }
  })

  it('is missing is refused by name', async () => {
    const { name } = manifest.files[stem]
    const error = await refusal((dir) => rmSync(join(dir, name)))
    expect(error.code).toBe('index_damaged')
    expect(error.message).toContain(name)
    expect(error.message).toContain('missing')
  })

  it('comes from another build under the right name is refused', async () => {
    const from = join(other.path, otherManifest.files[stem].name)
    if (otherManifest.files[stem].name === manifest.files[stem].name) return
    const error = await refusal((dir) => cpSync(from, join(dir, manifest.files[stem].name)))
    expect(error.code).toBe('index_damaged')
  })

  it('comes from another build with its own line of that manifest is refused', async () => {
    const entry = otherManifest.files[stem]
    if (entry.name === manifest.files[stem].name) return
    const error = await refusal((dir) => {
      cpSync(join(other.path, entry.name), join(dir, entry.name))
      rewrite(dir, (old) => ({ ...old, files: { ...manifest.files, [stem]: entry } }))
    })
    expect(error.code).toMatch(/^index_(mismatch|damaged)$/)
  })
})

describe('an index whose manifest', () => {
  const path = (dir: string) => join(dir, 'manifest.json')

  it('is missing is refused as index_missing, with the place and the remedy', async () => {
    const error = await refusal((dir) => rmSync(path(dir)))
    expect(error.code).toBe('index_missing')
    expect(error.message).toContain('manifest.json')
    expect(error.message).toContain('INDEX_DIR')
    const nowhere = readIndex(join(temporaryFolder(), 'nowhere'))
    await expect(nowhere).rejects.toMatchObject({ code: 'index_missing' })
  })

  it('is not JSON, empty, truncated or not text is refused by name', async () => {
    const text = readFileSync(path(whole.path), 'utf8')
    const bad = ['', '{', 'null', '[]', '"text"', text.slice(0, -20), Buffer.from([0xff, 0, 0xfe])]
    for (const content of bad) {
      const error = await refusal((dir) => writeFileSync(path(dir), content))
      expect(error.code).toBe('index_damaged')
      expect(error.message).toContain('manifest.json')
    }
  })

  it('is of an older format is refused with both formats and the remedy, before anything else', async () => {
    const error = await refusal((dir) =>
      rewrite(dir, ({ means: _, ...old }) => ({ ...old, format: 'nss-copilot-index/2' })),
    )
    expect(error.code).toBe('index_mismatch')
    expect(error.message).toContain('nss-copilot-index/2')
    expect(error.message).toContain(INDEX_FORMAT)
  })

  it('is of an unknown format, lacks a field or has one more is refused by field', async () => {
    const error = await refusal((dir) => rewrite(dir, (old) => ({ ...old, format: 'other/1' })))
    expect(error.message).toContain('format')
    expect(error.code).toBe('index_damaged')
    const less = await refusal((dir) => rewrite(dir, ({ dimensions: _, ...rest }) => rest))
    expect(less.message).toContain('dimensions')
    await refusal((dir) => rewrite(dir, (old) => ({ ...old, extra: 1 })))
  })

  it('has one byte flipped anywhere is refused', async () => {
    const length = readFileSync(path(whole.path)).length
    const random = createRandom(9)
    for (let i = 0; i < 60; i++) {
      const at = Math.floor(random() * length)
      const error = await refusal((dir) => flip(path(dir), at))
      expect(error.code).toMatch(/^index_(mismatch|damaged)$/)
    }
  })

  it('states other counts than those of the files is refused', async () => {
    for (const change of [
      { guides: 3 },
      { passages: 1 },
      { dimensions: 128 },
      { dimensions: 255 },
    ]) {
      const error = await refusal((dir) => rewrite(dir, (old) => ({ ...old, ...change })))
      expect(error.code).toMatch(/^index_(mismatch|damaged)$/)
    }
  })
})

/** Another byte of printable kind in place of one. */
function flip(path: string, at: number): void {
  const bytes = readFileSync(path)
  bytes[at] = (bytes[at] ?? 0) ^ 1
  writeFileSync(path, bytes)
}
