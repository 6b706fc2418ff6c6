/** The server over stdio, as a process of its own and with the SDK's own client. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { makeFolder, temporaryFolder, writeSample } from '../../fixtures/built-index.ts'
import { ERAS, structuredOf } from './connected.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const COMMAND = [
  '--import',
  join(ROOT, 'node_modules/tsx/dist/esm/index.mjs'),
  join(ROOT, 'src/doors/cli/main.ts'),
  'mcp',
]
const index = makeFolder()
beforeAll(() => writeSample(index.path))
afterAll(index.remove)

const settings = (more: Record<string, string> = {}) => ({
  PATH: process.env.PATH ?? '',
  INDEX_DIR: index.path,
  MODEL_DIR: '/nowhere',
  ...more,
})

function start(env = settings(), cwd = ROOT) {
  const child = spawn(process.execPath, COMMAND, { cwd, env })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  const printed = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.out += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.err += text
  })
  return { child, printed, ended: once(child, 'close') }
}

const INITIALIZE = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'tests', version: '1.0.0' },
  },
}
const search = (id: number) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name: 'search', arguments: { query: 'register every hive at the counter' } },
})

describe('MCP over stdio', () => {
  it.each(ERAS)('serves a client of %s and ends with it', async (era) => {
    const client = new Client(
      { name: 'tests', version: '1.0.0' },
      { versionNegotiation: { mode: era === '2026-07-28' ? { pin: era } : 'legacy' } },
    )
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: COMMAND,
      env: settings(),
      cwd: ROOT,
      stderr: 'ignore',
    })
    await client.connect(transport)
    expect((await client.listTools()).tools).toHaveLength(5)
    const result = await client.callTool(search(0).params)
    expect(structuredOf(result).results[0].title).toBe('Hive registration > Register a hive')
    expect((await client.listResources()).resources).toHaveLength(4)
    await client.close()
  })

  it('answers everything that was asked before the input ended, then exits with 0', async () => {
    const { child, printed, ended } = start()
    const lines = [INITIALIZE, search(2), search(3)].map((message) => JSON.stringify(message))
    child.stdin.end(`${lines.join('\n')}\n`)
    expect(await ended).toEqual([0, null])
    const answers = printed.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(answers.map(({ id }) => id).sort()).toEqual([1, 2, 3])
    for (const answer of answers) expect(answer).toHaveProperty('result')
  })

  it('prints nothing but protocol on stdout, and its log on stderr', async () => {
    const { child, printed, ended } = start(settings({ LOG_LEVEL: 'trace' }))
    child.stdin.end(`${JSON.stringify(INITIALIZE)}\nnot json\n`)
    await ended
    for (const line of printed.out.trimEnd().split('\n'))
      expect(JSON.parse(line)).toMatchObject({ jsonrpc: '2.0' })
    expect(printed.err).toContain('answering from the lexical index alone')
  })

  it.each(['SIGTERM', 'SIGINT'] as const)('exits with 0 on %s', async (signal) => {
    const { child, printed, ended } = start()
    child.stdin.write(`${JSON.stringify(INITIALIZE)}\n`)
    await once(child.stdout, 'data')
    child.kill(signal)
    expect(await ended).toEqual([0, null])
    expect(printed.out).toContain('"id":1')
  })

  it('exits with 1 and one clear message when there is no index', async () => {
    const dir = temporaryFolder()
    const { printed, ended } = start(settings({ INDEX_DIR: dir }))
    expect(await ended).toEqual([1, null])
    expect(printed.out).toBe('')
    expect(printed.err).toContain('index_missing')
    expect(printed.err).not.toMatch(/^\s+at /m)
  })

  it('finds the bundled index from any folder it is started in', async () => {
    const { INDEX_DIR: _, ...unset } = settings()
    const { child, printed, ended } = start({ ...unset, INDEX_DIR: '' }, tmpdir())
    const ask = { ...search(2), params: { name: 'quick_scan', arguments: { guide: 'nss' } } }
    child.stdin.end(`${JSON.stringify(INITIALIZE)}\n${JSON.stringify(ask)}\n`)
    expect(await ended).toEqual([0, null])
    expect(printed.out).toContain('"guide":{"id":"nss"')
  })
})
