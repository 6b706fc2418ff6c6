import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createHashingEmbedder } from '../../../src/engine/adapters/embedders/hashing.ts'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import type { Embedder } from '../../../src/engine/core/embedder.ts'
import type { Files } from '../../../src/engine/core/files.ts'
import { indexedText } from '../../../src/engine/core/passage.ts'
import { meanVector } from '../../../src/engine/core/vector.ts'
import { writeSnapshot } from '../../../src/engine/indexing/write-snapshot.ts'
import { buildSample } from '../../fixtures/build-sample.ts'
import { readIndex, temporaryFolder, writeSample } from '../../fixtures/built-index.ts'
import { changedCorpus, SAMPLE_GUIDES, SOURCES, sampleCorpus } from '../../fixtures/corpus.ts'

const contentsOf = (dir: string) =>
  Object.fromEntries(
    readdirSync(dir).map((name) => [name, readFileSync(join(dir, name)).toString('base64')]),
  )

/** Remembers what it was asked to embed. */
function watchedEmbedder(): { texts: string[]; open: () => Promise<Embedder> } {
  const texts: string[] = []
  const inner = createHashingEmbedder()
  const embed: Embedder['embed'] = (asked, kind, options) => {
    texts.push(...asked)
    return inner.embed(asked, kind, options)
  }
  return { texts, open: async () => ({ ...inner, embed }) }
}

const never = async () => {
  throw new Error('opened although nothing had changed')
}

describe('a build', () => {
  it('gives the same bytes twice', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()]
    await writeSample(one)
    await writeSample(two)
    expect(contentsOf(one)).toEqual(contentsOf(two))
  })

  it('gives the same bytes whatever the order of the files', async () => {
    const [one, two] = [temporaryFolder(), temporaryFolder()]
    await writeSample(one)
    await writeSample(two, { corpus: sampleCorpus([...SAMPLE_GUIDES].reverse()) })
    expect(contentsOf(one)).toEqual(contentsOf(two))
  })

  it('names each file after its content', async () => {
    const dir = temporaryFolder()
    const manifest = await writeSample(dir)
    for (const entry of Object.values(manifest.files)) {
      const bytes = readFileSync(join(dir, entry.name))
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      expect(entry).toEqual({ name: entry.name, bytes: bytes.length, sha256 })
      expect(entry.name.split('.')[1]).toBe(sha256.slice(0, 16))
    }
    expect(readdirSync(dir)).toHaveLength(7)
  })

  it('reuses everything of an unchanged corpus and opens neither embedder nor tokenizer', async () => {
    const dir = temporaryFolder()
    await writeSample(dir)
    const before = contentsOf(dir)
    const options = {
      previous: await readIndex(dir),
      openEmbedder: never,
      openChunking: never,
    }
    const result = await buildSample(options)
    expect(result).toMatchObject({ embedded: 0, reusedGuides: 4 })
    await writeSnapshot(createNodeFiles(), dir, result.content)
    expect(contentsOf(dir)).toEqual(before)
  })

  it('embeds only the passages of a changed guide that have changed', async () => {
    const dir = temporaryFolder()
    await writeSample(dir)
    const watched = watchedEmbedder()
    const result = await buildSample({
      corpus: changedCorpus(),
      previous: await readIndex(dir),
      openEmbedder: watched.open,
    })
    expect(result).toMatchObject({ embedded: 2, reusedGuides: 3 })
    const [text, heading] = watched.texts
    expect(text).toContain('the changed rule of this year')
    expect(text?.startsWith(`${heading}\n\n`)).toBe(true)
    const fresh = await buildSample({ corpus: changedCorpus() })
    expect(result.content).toEqual(fresh.content)
  })

  it('parses every guide again when the sources change, and still embeds nothing', async () => {
    const dir = temporaryFolder()
    await writeSample(dir)
    const sources = { ...SOURCES, content: SOURCES.content.replace('Number office', 'New name') }
    const result = await buildSample({
      corpus: { ...sampleCorpus(), sources },
      previous: await readIndex(dir),
      openEmbedder: never,
    })
    expect(result).toMatchObject({ embedded: 0, reusedGuides: 0 })
    expect(result.content.sources.find((source) => source.id === 'office')?.title).toBe('New name')
    expect(result.content.manifest.id).not.toBe((await readIndex(dir)).manifest.id)
  })

  it('reuses the vectors that it may trust, and computes the others', async () => {
    const { content } = await buildSample()
    const dir = temporaryFolder()
    await writeSample(dir)
    const stored = await readIndex(dir)
    const [untrusted] = content.passages
    const watched = watchedEmbedder()
    const again = await buildSample({
      openEmbedder: watched.open,
      trusted: { snapshot: stored, accepts: (passage) => passage.id !== untrusted?.id },
    })
    expect(watched.texts).toContain(untrusted && indexedText(untrusted))
    expect(watched.texts.length).toBeLessThan(5)
    expect(again.content.vectors).toEqual(content.vectors)
  })

  it('reuses nothing of an index that another recipe made', async () => {
    const dir = temporaryFolder()
    await writeSample(dir)
    const watched = watchedEmbedder()
    const budget = { aimMin: 1, aimMax: 10, max: 60 }
    const previous = await readIndex(dir)
    const result = await buildSample({ budget, previous, openEmbedder: watched.open })
    expect(result.reusedGuides).toBe(0)
    const { passages } = result.content
    const headings = passages.map((passage) => passage.context.split('\n\n')[0])
    expect(new Set(watched.texts)).toEqual(new Set([...headings, ...passages.map(indexedText)]))
  })

  it('stores the mean vector of each language, equal to the mean of the stored vectors', async () => {
    const dir = temporaryFolder()
    await writeSample(dir)
    const { means, vectors, passages } = await readIndex(dir)
    expect(Object.keys(means)).toEqual(['en', 'es'])
    for (const language of ['en', 'es'] as const) {
      const rows = passages.flatMap((passage, i) =>
        passage.language === language
          ? [vectors.data.subarray(i * vectors.dimensions, (i + 1) * vectors.dimensions)]
          : [],
      )
      expect(means[language]).toEqual(meanVector(rows, vectors.dimensions))
    }
  })

  it('removes files that the manifest no longer names, and leaves files that are not its own', async () => {
    const dir = temporaryFolder()
    const before = await writeSample(dir)
    writeFileSync(join(dir, 'NOTES.txt'), 'mine')
    writeFileSync(join(dir, 'manifest.json.1.0.tmp'), 'left by a kill')
    const after = await writeSample(dir, { corpus: changedCorpus() })
    const names = readdirSync(dir)
    expect(names).toContain('NOTES.txt')
    expect(names).not.toContain('manifest.json.1.0.tmp')
    expect(names).not.toContain(before.files.vectors.name)
    expect(names).toContain(after.files.vectors.name)
    expect(names).toHaveLength(8)
  })
})

describe('a build that fails', () => {
  it('leaves the old index as it was when a guide is bad or the embedder throws', async () => {
    const dir = temporaryFolder()
    await writeSample(dir)
    const before = contentsOf(dir)
    const [first, ...rest] = sampleCorpus().guides
    const bad = { path: first?.path ?? '', content: `${first?.content}\nNo source.[^nobody]\n` }
    const corpus = { sources: SOURCES, guides: [bad, ...rest] }
    await expect(writeSample(dir, { corpus })).rejects.toMatchObject({ code: 'guide_invalid' })
    const openEmbedder = async (): Promise<Embedder> => {
      throw new Error('out of memory')
    }
    await expect(writeSample(dir, { openEmbedder })).rejects.toThrow('out of memory')
    expect(contentsOf(dir)).toEqual(before)
    expect((await readIndex(dir)).guides).toHaveLength(4)
  })

  it('leaves a whole index, old or new, whichever step of the write fails', async () => {
    const { content } = await buildSample({ corpus: changedCorpus() })
    for (let step = 0; step < 30; step++) {
      const dir = temporaryFolder()
      const before = await writeSample(dir)
      const files = failingAt(step)
      const failed = await writeSnapshot(files, dir, content).then(
        () => false,
        () => true,
      )
      const { manifest } = await readIndex(dir)
      expect([before.id, content.manifest.id]).toContain(manifest.id)
      if (!failed) {
        expect(manifest.id).toBe(content.manifest.id)
        return
      }
    }
    throw new Error('the write never came to its end')
  })
})

/** Real files whose n-th change fails, as on a full disk. */
function failingAt(step: number): Files {
  const inner = createNodeFiles()
  let changes = 0
  const mayFail = () => {
    if (changes++ === step) throw new Error('no space left on the device')
  }
  return {
    ...inner,
    async write(path, content) {
      mayFail()
      await inner.write(path, content)
    },
    async remove(path) {
      mayFail()
      await inner.remove(path)
    },
  }
}
