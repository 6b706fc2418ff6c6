/** The description of the running service: linted by two programs, and held against the service by a third. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest'
import { REDOCLY, run, SCHEMATHESIS, SPECTRAL } from './tools.ts'

const folder = mkdtempSync(join(tmpdir(), 'nss-copilot-openapi-'))
const file = join(folder, 'openapi.json')
const ruleset = join(folder, 'spectral.yaml')
let operations: number

beforeAll(async () => {
  const response = await fetch(`${inject('url')}/openapi.json`)
  // The service's own description; without paths the count fails below.
  const document = (await response.json()) as { readonly paths: Record<string, object> }
  operations = Object.values(document.paths).flatMap((item) => Object.keys(item)).length
  writeFileSync(file, JSON.stringify(document))
  writeFileSync(ruleset, 'extends: ["spectral:oas"]\n')
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('/openapi.json', () => {
  it('has no error and no warning for Spectral', async () => {
    const args = ['lint', file, '--ruleset', ruleset, '--fail-severity', 'warn']
    const { code, out, err } = await run(SPECTRAL, args, folder)
    expect(code, `${out}\n${err}`).toBe(0)
  })

  it('has no error for Redocly', async () => {
    const { code, out, err } = await run(REDOCLY, ['lint', file, '--extends=recommended'], folder)
    expect(code, `${out}\n${err}`).toBe(0)
    expect(err).toContain('Your API description is valid')
  })

  it('describes the service so that Schemathesis finds no failure', async () => {
    const limits = ['--max-time', '20', '--max-examples', '50', '--seed', '1']
    const { code, out, err } = await run(
      SCHEMATHESIS,
      ['run', `${inject('url')}/openapi.json`, '--checks', 'all', ...limits],
      folder,
    )
    expect(code, `${out}\n${err}`).toBe(0)
    expect(out).toContain('No issues found')
    expect(out).toContain(`Selected: ${operations}/${operations}`)
    expect(operations).toBeGreaterThanOrEqual(14)
    const [, generated, passed] = /(\d+) generated, (\d+) passed$/m.exec(out) ?? []
    expect(Number(generated), out).toBeGreaterThan(operations)
    expect(passed).toBe(generated)
  })
})
