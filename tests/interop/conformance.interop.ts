/** The official conformance runner: our HTTP code with its fixtures, and the real service with a reasoned baseline. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { startFixtureServer } from '../doors/mcp/conformance/fixture-server.ts'
import { CONFORMANCE, HERE, NODE_22, run } from './tools.ts'

/** How many scenarios a revision requires of a server: fewer would mean that the runner left some out. */
const REQUIRED = { '2025-11-25': 30, '2026-07-28': 37 } as const
const REVISIONS = ['2025-11-25', '2026-07-28'] as const

let fixtures: Awaited<ReturnType<typeof startFixtureServer>>
const folder = mkdtempSync(join(tmpdir(), 'nss-copilot-conformance-'))
beforeAll(async () => {
  fixtures = await startFixtureServer()
})
afterAll(() => {
  fixtures?.stop()
  rmSync(folder, { recursive: true, force: true })
})

const baseline = (revision: string) => join(HERE, `baseline-${revision}.yml`)

/** The scenarios that decide: the others (extensions, later additions) are run and reported only. */
function requiredScenarios(revision: string): string[] {
  const text = readFileSync(join(dirname(CONFORMANCE), `../requirements/${revision}.yaml`), 'utf8')
  const [, server = ''] = text.split(/^server:$/m)
  const [entries = ''] = server.split(/^\w+:$/m)
  return [...entries.matchAll(/^ {2}- (\S+)$/gm)].map(([, name = '']) => name)
}

async function conform(url: string, revision: string, ...more: string[]) {
  const ran = await run(
    NODE_22,
    [CONFORMANCE, 'server', '--url', url, '--requirements', revision, '-o', folder, ...more],
    folder,
  )
  const [, summary = ''] = ran.out.split('=== SUMMARY ===')
  const scenarios = [...summary.matchAll(/^([✓✗]) (\S+): (\d+) passed, (\d+) failed/gm)]
    .map(([, mark, name = '', passed]) => ({ name, ok: mark === '✓' && Number(passed) > 0 }))
    .filter(({ name }) => requiredScenarios(revision).includes(name))
  return { ...ran, summary, scenarios }
}

describe.each(REVISIONS)('the conformance runner at %s', (revision) => {
  it('passes every required scenario with its fixtures on our HTTP code', async () => {
    const { code, scenarios, summary } = await conform(fixtures.url, revision)
    expect(scenarios.filter(({ ok }) => !ok)).toEqual([])
    expect(scenarios).toHaveLength(REQUIRED[revision])
    expect(code, summary).toBe(0)
  })

  it('finds nothing on the real service but what the baseline expects, and nothing stale', async () => {
    const { code, out, err, scenarios } = await conform(
      `${inject('url')}/mcp`,
      revision,
      '--expected-failures',
      baseline(revision),
    )
    expect(scenarios).toHaveLength(REQUIRED[revision])
    expect(scenarios.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(6)
    expect(out).toContain('Baseline check passed')
    expect(code, `${out.slice(-3000)}\n${err}`).toBe(0)
  })

  it('has a reason above every entry of the baseline', () => {
    const lines = readFileSync(baseline(revision), 'utf8').trimEnd().split('\n')
    const entries = lines.flatMap((line, i) => (line.startsWith('  - ') ? [i] : []))
    expect(entries.length).toBeGreaterThan(20)
    expect(entries.filter((i) => !/^ {2}# \S/.test(lines[i - 1] ?? ''))).toEqual([])
  })
})
