/** The compiled bin builds somebody's own guides with the bundled model, and answers from them. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { temporaryFolder } from '../../fixtures/built-index.ts'
import { expectCompiled, runBin } from '../../fixtures/compiled.ts'
import { sampleCorpus } from '../../fixtures/corpus.ts'

beforeAll(expectCompiled)

it('builds a folder of guides, embeds only once, and query answers from the new index', async () => {
  const cwd = temporaryFolder()
  const { sources, guides } = sampleCorpus()
  for (const { path, content } of [sources, ...guides]) {
    const target = join(cwd, path.replace(/^corpus/, 'guides'))
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, content)
  }
  const args = ['build', '--corpus', 'guides', '--index', 'out/index']
  const first = await runBin([...args, '--json'], { cwd })
  expect(first.code).toBe(0)
  const built = JSON.parse(first.stdout)
  expect(built).toMatchObject({ guides: 4, unchangedGuides: 0, index: { dir: 'out/index' } })
  expect(built.embedded).toBeGreaterThanOrEqual(built.passages)
  const again = await runBin(args, { cwd })
  expect(again.stdout).toMatch(/^4 guides \(4 unchanged\), \d+ passages \(0 embedded\)/)
  expect(readdirSync(cwd).sort()).toEqual(['guides', 'out'])
  expect(readdirSync(join(cwd, 'out')).sort()).toEqual(['.cache', 'index'])

  const env = { INDEX_DIR: 'out/index' }
  const asked = await runBin(['query', 'how do I register a hive?', '--json'], { cwd, env })
  expect([asked.code, asked.stderr]).toEqual([0, ''])
  const answer = JSON.parse(asked.stdout)
  expect(answer).toMatchObject({ mode: 'hybrid', index: { id: built.index.id } })
  expect(answer.passages[0].guide.id).toBe('hive')
})
