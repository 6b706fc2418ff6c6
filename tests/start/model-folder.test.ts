import { createHash } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openModelFolder } from '../../src/start/model-folder.ts'
import { temporaryFolder } from '../fixtures/built-index.ts'

const RECIPE = {
  id: 'toy',
  revision: '1',
  dimensions: 4,
  maxTokens: 16,
  pooling: 'mean',
  dtype: 'q8',
  prefixes: { query: 'query: ', passage: 'passage: ' },
}
const FILES = { 'config.json': '{}', 'tokenizer.json': '{"a":1}', 'onnx/model.onnx': 'weights' }
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A folder in the form of a model's, with weights that nobody loads. */
function toyFolder(recipe: object = RECIPE): string {
  const dir = temporaryFolder()
  mkdirSync(join(dir, 'onnx'))
  const lines = Object.entries(FILES).map(([name, text]) => {
    writeFileSync(join(dir, name), text)
    return `${sha256(text)}  ${name}\n`
  })
  writeFileSync(join(dir, 'SHA256SUMS'), lines.join(''))
  writeFileSync(join(dir, 'embedding.json'), JSON.stringify(recipe))
  return dir
}

describe('a model folder', () => {
  it('is opened by its recipe and verified by its checksums', async () => {
    const folder = await openModelFolder(toyFolder())
    expect(folder.model).toEqual(RECIPE)
    await expect(folder.verify()).resolves.toBeUndefined()
  })

  it.each(Object.keys(FILES))('with a damaged or missing %s is refused by name', async (name) => {
    for (const damage of [
      (path: string) => writeFileSync(path, 'something else'),
      (path: string) => rmSync(path),
    ]) {
      const dir = toyFolder()
      damage(join(dir, name))
      await expect((await openModelFolder(dir)).verify()).rejects.toMatchObject({
        code: 'model_damaged',
        message: expect.stringMatching(new RegExp(`${name}.*SHA256SUMS.*restore`, 's')),
      })
    }
  })

  it('with checksums that cannot be read is refused', async () => {
    const dir = toyFolder()
    writeFileSync(join(dir, 'SHA256SUMS'), 'what is this\n')
    await expect((await openModelFolder(dir)).verify()).rejects.toMatchObject({
      code: 'model_damaged',
      message: expect.stringContaining('what is this'),
    })
  })

  it('that is not there, or lacks its recipe or its checksums, is called unavailable', async () => {
    const without = (name: string) => {
      const dir = toyFolder()
      rmSync(join(dir, name))
      return dir
    }
    for (const [dir, name] of [
      [join(temporaryFolder(), 'nowhere'), 'embedding.json'],
      [without('embedding.json'), 'embedding.json'],
      [without('SHA256SUMS'), 'SHA256SUMS'],
    ] as const) {
      await expect(openModelFolder(dir)).rejects.toMatchObject({
        code: 'model_unavailable',
        message: expect.stringContaining(join(dir, name)),
      })
    }
  })

  it('with a wrong recipe names the field', async () => {
    const wrong = [
      { ...RECIPE, dimensions: 0 },
      { ...RECIPE, pooling: 'max' },
    ]
    for (const [i, field] of ['dimensions', 'pooling'].entries()) {
      await expect(openModelFolder(toyFolder(wrong[i]))).rejects.toMatchObject({
        code: 'model_unavailable',
        message: expect.stringContaining(field),
      })
    }
  })

  it('has a fingerprint that changes with the recipe and with any file', async () => {
    const base = await openModelFolder(toyFolder())
    expect((await openModelFolder(toyFolder())).fingerprint).toBe(base.fingerprint)
    const other = await openModelFolder(toyFolder({ ...RECIPE, maxTokens: 8 }))
    expect(other.fingerprint).not.toBe(base.fingerprint)
    const dir = toyFolder()
    writeFileSync(join(dir, 'SHA256SUMS'), `${sha256('x')}  config.json\n`)
    expect((await openModelFolder(dir)).fingerprint).not.toBe(base.fingerprint)
  })
})
