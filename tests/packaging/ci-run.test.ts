/** The script of continuous integration, with an `npm` that only says what it is told to. */
import { execFile } from 'node:child_process'
import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { makeFolder } from '../fixtures/built-index.ts'

const RUN = fileURLToPath(new URL('../../.ci/run', import.meta.url))
const folder = makeFolder()
afterAll(folder.remove)

type Steps = { ci?: string; install?: string; check?: string; interop?: string }
let copies = 0

/** Each step is a line of shell; the script's last line and exit code come back. */
function ciRun({ ci = ':', install = ':', check = ':', interop = ':' }: Steps, budget = '600') {
  const place = join(folder.path, String(copies++))
  mkdirSync(join(place, '.ci'), { recursive: true })
  copyFileSync(RUN, join(place, '.ci/run'))
  const npm = join(place, 'npm')
  writeFileSync(
    npm,
    `#!/usr/bin/env bash
case "$*" in
  ci*) ${ci} ;;
  "run interop:install") ${install} ;;
  "run check") ${check} ;;
  "run test:interop") ${interop} ;;
  *) exit 99 ;;
esac
`,
  )
  chmodSync(npm, 0o755)
  const env = { PATH: `${place}:${process.env.PATH}`, CI_BUDGET_SECONDS: budget }
  return new Promise<{ code: unknown; last: string; out: string }>((resolve) => {
    execFile('bash', [join(place, '.ci/run')], { env }, (error, stdout) => {
      const last = stdout.trimEnd().split('\n').at(-1) ?? ''
      resolve({ code: error ? error.code : 0, last, out: stdout })
    })
  })
}

describe('.ci/run', () => {
  it('adds up both suites in its last line', async () => {
    const check = 'echo "3 passed, 0 failed"; echo "700 passed, 0 failed, 2 skipped"; echo done'
    const { code, last } = await ciRun({ check, interop: 'echo "61 passed, 0 failed"' })
    expect([code, last]).toEqual([0, '761 passed, 0 failed, 2 skipped'])
  })

  it('sets REQUIRE_BROWSER, so that the checks fail without a browser', async () => {
    const check = 'echo "$' + '{REQUIRE_BROWSER}1 passed, 0 failed"'
    const { last } = await ciRun({ check, interop: 'echo "1 passed, 0 failed"' })
    expect(last).toBe('12 passed, 0 failed')
  })

  it('fails with the tests of either suite, and still runs the other', async () => {
    const bad = 'echo "4 passed, 2 failed"; exit 1'
    const good = 'echo "5 passed, 0 failed, 1 skipped"'
    expect(await ciRun({ check: bad, interop: good })).toMatchObject({
      code: 1,
      last: '9 passed, 2 failed, 1 skipped',
    })
    expect(await ciRun({ check: good, interop: bad })).toMatchObject({
      code: 1,
      last: '9 passed, 2 failed, 1 skipped',
    })
    expect((await ciRun({ check: bad, interop: bad })).last).toBe('8 passed, 4 failed')
  })

  it('counts a check that fails without a failed test', async () => {
    const good = 'echo "5 passed, 0 failed"'
    const check = `${good}; exit 2`
    expect(await ciRun({ check, interop: good })).toMatchObject({
      code: 1,
      last: '10 passed, 1 failed',
      out: expect.stringContaining('npm run check: a check failed'),
    })
    expect(await ciRun({ check: good, interop: check })).toMatchObject({
      code: 1,
      last: '10 passed, 1 failed',
    })
  })

  it('counts a suite without a test summary as a failure', async () => {
    const good = 'echo "5 passed, 0 failed"'
    for (const check of ['exit 1', ':', 'echo "lint: 3 passed, 1 failed in all"; exit 1'])
      expect(await ciRun({ check, interop: good })).toMatchObject({
        code: 1,
        last: '5 passed, 1 failed',
        out: expect.stringContaining('npm run check: the checks ended before the tests ran'),
      })
  })

  it('says what could not be installed', async () => {
    expect(await ciRun({ ci: 'exit 1' })).toMatchObject({
      code: 1,
      last: '0 passed, 1 failed',
      out: expect.stringContaining('npm ci failed'),
    })
    const steps = { install: 'exit 1', check: 'echo "5 passed, 0 failed"', interop: 'exit 1' }
    expect(await ciRun(steps)).toMatchObject({
      code: 1,
      last: '5 passed, 1 failed',
      out: expect.stringContaining('npm run interop:install failed'),
    })
  })

  it('kills a suite that hangs', async () => {
    const { code, last, out } = await ciRun(
      { check: 'sleep 600', interop: 'echo "5 passed, 0 failed"' },
      '2',
    )
    expect([code, last]).toEqual([1, '5 passed, 1 failed'])
    expect(out).toContain('npm run check: not done after')
  })

  it('counts what had passed in a suite that it had to end', async () => {
    const check = 'echo "7 passed, 0 failed" > "$TEST_COUNTS"; sleep 600'
    const { code, last } = await ciRun({ check, interop: 'echo "5 passed, 0 failed"' }, '2')
    expect([code, last]).toEqual([1, '12 passed, 1 failed'])
  })
})
