/** The packed tarball, read by the checkers of published packages. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ATTW, PUBLINT, ROOT, run } from './tools.ts'

const folder = mkdtempSync(join(tmpdir(), 'nss-copilot-packed-'))
let tarball: string

beforeAll(async () => {
  // Scripts would compile again below the suites that run compiled code.
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]
  const { code, out, err } = await run('npm', args, ROOT)
  expect(code, err).toBe(0)
  const [{ filename }] = JSON.parse(out)
  tarball = join(folder, filename)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the packed package', () => {
  it('has nothing that publint, being strict, would change', async () => {
    const { code, out, err } = await run(PUBLINT, ['run', tarball, '--strict'], folder)
    expect(code, `${out}\n${err}`).toBe(0)
    expect(out).toContain('All good!')
  })

  it('resolves to code and types for ESM, says attw', async () => {
    const args = [tarball, '--profile', 'esm-only', '--format', 'json']
    const { code, out, err } = await run(ATTW, args, folder)
    expect(code, `${out}\n${err}`).toBe(0)
    const { entrypoints } = JSON.parse(out).analysis
    expect(Object.keys(entrypoints)).toEqual(['.', './client', './langchain', './package.json'])
  })
})
