/** Readers while writers replace the index, and writers that are killed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { createNodeFiles } from '../../../src/engine/adapters/files/node-fs.ts'
import type { Files } from '../../../src/engine/core/files.ts'
import { dot } from '../../../src/engine/core/vector.ts'
import { readSnapshot, type Snapshot } from '../../../src/engine/indexing/snapshot.ts'
import { writeSnapshot } from '../../../src/engine/indexing/write-snapshot.ts'
import { buildSample } from '../../fixtures/build-sample.ts'
import { readIndex, temporaryFolder, writeSample } from '../../fixtures/built-index.ts'
import { changedCorpus } from '../../fixtures/corpus.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const WRITER = fileURLToPath(new URL('../../fixtures/replace-forever.ts', import.meta.url))

/** All parts of a snapshot are those of one build. */
function expectWhole(snapshot: Snapshot, builds: readonly Omit<Snapshot, 'manifest'>[]): void {
  const build = builds.find((one) =>
    one.guides.every((g, i) => g.text === snapshot.guides[i]?.text),
  )
  if (!build) throw new Error('the guides are those of no build')
  expect(snapshot.passages).toEqual(build.passages)
  expect(snapshot.lexical).toEqual(build.lexical)
  expect(snapshot.vectors.ids).toEqual(build.vectors.ids)
  expect(dot(snapshot.vectors.data, build.vectors.data)).toBeCloseTo(build.passages.length, 2)
}

it('a reader that loads while writers replace the index never fails and never mixes', async () => {
  const dir = temporaryFolder()
  const contents = [
    (await buildSample()).content,
    (await buildSample({ corpus: changedCorpus('second') })).content,
    (await buildSample({ corpus: changedCorpus('third') })).content,
  ]
  const replace = async (i: number) => {
    const content = contents[i % contents.length]
    if (content) await writeSnapshot(createNodeFiles(), dir, content)
  }
  await replace(0)
  let running = true
  const writer = (async () => {
    for (let i = 1; i <= 40; i++) await replace(i)
    running = false
  })()
  let reads = 0
  const reader = async () => {
    while (running) {
      expectWhole(await readIndex(dir), contents)
      reads++
    }
  }
  await Promise.all([writer, reader(), reader(), reader()])
  expect(reads).toBeGreaterThan(10)
})

it('a reader that is overtaken by three builds in a row still gets a whole index', async () => {
  const dir = temporaryFolder()
  await writeSample(dir)
  const inner = createNodeFiles()
  let overtaken = 0
  const files: Files = {
    ...inner,
    async readText(path) {
      const text = await inner.readText(path)
      if (overtaken++ < 3) await writeSample(dir, { corpus: changedCorpus(`word${overtaken}`) })
      return text
    },
  }
  const { guides } = await readSnapshot(files, dir)
  expect(guides.some((guide) => guide.text.includes('the word3 rule'))).toBe(true)
})

it('a build process that is killed at any moment leaves a readable index', async () => {
  const dir = temporaryFolder()
  const contents = [
    (await buildSample()).content,
    (await buildSample({ corpus: changedCorpus() })).content,
  ]
  await writeSample(dir)
  for (let kill = 0; kill < 8; kill++) {
    const child = spawn(process.execPath, ['--import', 'tsx', WRITER, dir], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(child.stdout, 'data')
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 150))
    child.kill('SIGKILL')
    const [code, signal] = await once(child, 'exit')
    expect([code, signal]).toEqual([null, 'SIGKILL'])
    const snapshot = await readIndex(dir)
    expectWhole(snapshot, contents)
  }
  const rebuilt = await writeSample(dir)
  const names = [...Object.values(rebuilt.files).map((entry) => entry.name), 'manifest.json']
  expect((await createNodeFiles().list(dir)).sort()).toEqual(names.sort())
}, 60_000)
