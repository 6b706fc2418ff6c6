/** `npm run eval` as people start it, over the committed index with a few of the committed questions. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { makeFolder } from '../../../fixtures/built-index.ts'
import { expectCompiled, ROOT, runEval } from '../../../fixtures/compiled.ts'

/** Files of which each set takes the first lines: answerable, near the domain and outside it. */
const FILES = ['nss', 'near-domain', 'out-of-domain']
const EACH = 4

beforeAll(expectCompiled)

it('measures questions of a folder, writes a baseline, checks against it and reports changed questions', async () => {
  const folder = makeFolder()
  try {
    for (const set of ['questions', 'acceptance']) {
      mkdirSync(join(folder.path, set))
      const lines = FILES.flatMap((name) =>
        firstLines(join(ROOT, 'eval/questions', `${name}.jsonl`)),
      )
      writeFileSync(join(folder.path, set, 'few.jsonl'), `${lines.join('\n')}\n`)
    }
    const call = (...args: string[]) =>
      runEval(['--from', folder.path, ...args], { cwd: folder.path })

    const measured = await call('--json')
    const { set, half, slices, citations } = JSON.parse(measured.stdout)
    expect(measured.code).toBe(0)
    expect([set, half, citations.rate]).toEqual(['questions', 'all', 1])
    expect(slices[0].questions).toBe(EACH)

    const unwritten = await call('--check')
    expect(unwritten.stderr).toMatch(/there is no .*baseline\.json/)
    expect([unwritten.code, unwritten.stdout]).toEqual([1, ''])

    expect((await call('--write-baseline')).code).toBe(0)
    const held = await call('--check')
    expect(held.stdout).toMatch(/every citation is valid/)
    expect(held.code).toBe(0)

    const few = join(folder.path, 'questions/few.jsonl')
    writeFileSync(few, readFileSync(few, 'utf8').split('\n').slice(1).join('\n'))
    const other = await call('--check')
    expect(other.stderr).toContain("differ from the baseline's")
    expect(other.code).toBe(1)
  } finally {
    folder.remove()
  }
}, 300_000)

function firstLines(path: string): string[] {
  return readFileSync(path, 'utf8').split('\n').slice(0, EACH)
}
