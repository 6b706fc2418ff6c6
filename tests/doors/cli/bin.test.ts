/** The compiled bin as people start it, over the sample index and without a model. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { retrievalResponseSchema } from '../../../src/engine/core/retrieval.ts'
import { verificationResponseSchema } from '../../../src/engine/core/verification.ts'
import { SETTINGS } from '../../../src/start/config.ts'
import { makeFolder, temporaryFolder, writeSample } from '../../fixtures/built-index.ts'
import { expectCompiled, runBin, startBin } from '../../fixtures/compiled.ts'

const index = makeFolder()
const env = { INDEX_DIR: index.path, MODEL_DIR: '/nowhere' }
beforeAll(async () => {
  expectCompiled()
  await writeSample(index.path)
})
afterAll(index.remove)

const QUESTION = 'register hive at the counter'
const ESC = '\u001b['

describe('help', () => {
  it('shows commands, examples, exit codes and every setting on stdout', async () => {
    const { code, stdout, stderr } = await runBin(['--help'])
    expect([code, stderr]).toEqual([0, ''])
    for (const command of ['serve', 'mcp', 'query', 'verify', 'build'])
      expect(stdout).toMatch(new RegExp(`^  ${command}\\b`, 'm'))
    expect(stdout).toContain('$ nss-copilot query "is the NSS free?"')
    for (const exit of [0, 1, 2, 3, 4]) expect(stdout).toMatch(new RegExp(`^  ${exit}  \\S`, 'm'))
    for (const name of Object.keys(SETTINGS)) expect(stdout).toContain(name)
    expect(stdout).not.toContain(ESC)
  })

  it.each(['serve', 'mcp', 'query', 'verify', 'build'])(
    'of %s says what it takes',
    async (command) => {
      const { code, stdout, stderr } = await runBin([command, '--help'])
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).toContain(`Usage: nss-copilot ${command}`)
    },
  )

  it('prints the version of the package', async () => {
    const { code, stdout } = await runBin(['--version'], { cwd: temporaryFolder() })
    expect([code, stdout.trim()]).toEqual([0, '0.1.0'])
  })
})

describe('invalid usage exits with 2 and says on stderr what is allowed', () => {
  it.each<[string, string[], RegExp, Record<string, string>?]>([
    ['no command', [], /Usage: nss-copilot/],
    ['an unknown command', ['ask'], /unknown command 'ask'/],
    ['a command almost right', ['qery', 'x'], /Did you mean query/],
    ['an unknown option', ['query', 'x', '--top', '3'], /unknown option '--top'/],
    ['no question', ['query'], /missing required argument 'question'/],
    ['an empty question', ['query', ' '], /query: must not be empty/],
    ['a limit too high', ['query', 'x', '--limit', '21'], /limit: /],
    ['a limit that is none', ['query', 'x', '--limit', 'many'], /"many" is not a whole number/],
    ['an unknown language', ['query', 'x', '--lang', 'fr'], /languages/],
    ['an unknown guide', ['query', 'x', '--guides', 'zzz'], /zzz/],
    ['a wrong setting', ['query', 'x'], /PORT="8o"/, { PORT: '8o' }],
    ['a wrong port', ['serve', '--port', 'x'], /PORT="x" is not allowed/],
    ['a wrong address', ['query', 'x', '--url', 'localhost'], /baseUrl "localhost"/],
    ['a file that is not there', ['verify', 'no-such-file'], /no-such-file cannot be read/],
    ['quotes that are none', ['verify', '-'], /no quote to check/],
  ])('%s', async (_, args, message, settings) => {
    const { code, stdout, stderr } = await runBin(args, { env: { ...env, ...settings } })
    expect(stderr).toMatch(message)
    expect(stderr).not.toMatch(/\n\s+at /)
    expect([code, stdout]).toEqual([2, ''])
  })
})

it('a fault exits with 1 and names the remedy', async () => {
  const missing = await runBin(['query', 'x'], { env: { ...env, INDEX_DIR: '/nowhere' } })
  expect(missing).toMatchObject({ code: 1, stdout: '' })
  expect(missing.stderr).toMatch(/\/nowhere.*build/s)
  const unreachable = await runBin(['query', 'x', '--url', 'http://127.0.0.1:1'])
  expect(unreachable.code).toBe(1)
  expect(unreachable.stderr).toMatch(/is the service running/)
})

describe('query', () => {
  it('prints the answer on stdout and notices on stderr, without colours in a pipe', async () => {
    const { code, stdout, stderr } = await runBin(['query', ...QUESTION.split(' ')], { env })
    expect(code).toBe(0)
    expect(stdout).toContain('1. Hive registration > Register a hive')
    expect(stdout).not.toContain(ESC)
    expect(stderr).toContain('answering from the lexical index alone')
  })

  it('prints JSON as POST /retrieve gives it, with every option', async () => {
    const options = ['--lang', 'en,es', '--limit', '2', '--max-tokens', '300', '--guides', 'hive']
    const more = ['--min-authority', 'official', '--no-quick-scan', '--explain', '--json']
    const { code, stdout } = await runBin(['query', QUESTION, ...options, ...more], { env })
    const answer = retrievalResponseSchema.parse(JSON.parse(stdout))
    expect(code).toBe(0)
    expect(answer).toMatchObject({ query: QUESTION, quickScan: null, degraded: true })
    expect(answer.explain).toBeDefined()
    expect(answer.passages.map(({ guide }) => guide.id)).not.toContain('licence')
    expect(answer.passages.length).toBeLessThanOrEqual(2)
  })

  it('reads the question from stdin', async () => {
    const call = { env, stdin: `${QUESTION}\n` }
    const { code, stdout } = await runBin(['query', '-', '--json'], call)
    expect([code, JSON.parse(stdout).query]).toEqual([0, QUESTION])
  })

  it('exits with 3 when the guides do not answer, and still prints the answer', async () => {
    const { code, stdout } = await runBin(['query', 'best pizza in Naples', '--json'], { env })
    expect(JSON.parse(stdout)).toMatchObject({
      answerability: { verdict: 'not_in_corpus' },
      passages: [],
    })
    expect(code).toBe(3)
  })

  it('uses colours when FORCE_COLOR is set, unless NO_COLOR is set too', async () => {
    const args = ['query', QUESTION]
    const forced = await runBin(args, { env: { ...env, FORCE_COLOR: '1' } })
    expect(forced.stdout).toContain(ESC)
    const without: Record<string, string>[] = [
      { FORCE_COLOR: '0' },
      { FORCE_COLOR: '1', NO_COLOR: '1' },
    ]
    for (const no of without) {
      const plain = await runBin(args, { env: { ...env, ...no } })
      expect(plain.stdout).not.toContain(ESC)
    }
  })

  it('exits quietly when the reader closes the pipe', async () => {
    const { child, ended } = startBin(['query', QUESTION, '--json'], { env })
    child.stdout.destroy()
    const { code, stderr } = await ended
    expect(code).toBe(0)
    expect(stderr).not.toContain('EPIPE')
  })
})

describe('verify', () => {
  const TRUE = 'Register every hive at the counter with a photograph'

  it('ends with 0 when every quote is found, with 4 when one is not', async () => {
    const all = await runBin(['verify', '-', '--json'], { env, stdin: `hive: "${TRUE}"` })
    const { results } = verificationResponseSchema.parse(JSON.parse(all.stdout))
    expect(results).toMatchObject([{ verdict: 'found', places: [{ guide: { id: 'hive' } }] }])
    expect([all.code, all.stderr]).toEqual([0, ''])

    const stdin = `hive: "${TRUE}"\nlicence: "${TRUE}"\n"Bees are sold by the dozen on Tuesdays"\n`
    const some = await runBin(['verify', '-'], { env, stdin })
    expect(some.stdout).toMatch(/^found: Register[\s\S]*^misattributed: [\s\S]*^not_found: Bees/m)
    expect(some.code).toBe(4)
  })

  it('reads a file in the form of POST /verify, even with more quotes than one request may have', async () => {
    const file = join(temporaryFolder(), 'quotes.json')
    const citations = Array.from({ length: 101 }, () => ({ quote: TRUE, guide: 'hive' }))
    writeFileSync(file, JSON.stringify({ citations }))
    const { code, stdout } = await runBin(['verify', file, '--json'], { env })
    expect(code).toBe(0)
    expect(JSON.parse(stdout).results).toHaveLength(101)
  })
})

describe('serve', () => {
  it('answers on a free port, is asked by query --url, and ends with 0 on SIGTERM', async () => {
    const served = startBin(['serve', '--port', '0'], { env })
    const address = new Promise<string>((resolve, reject) => {
      const look = () => {
        const url = /ready at (http:\/\/[^ ]+)/.exec(served.printed.stderr)?.[1]
        if (url) resolve(url)
      }
      served.child.stderr.on('data', look)
      served.child.on('exit', () => reject(new Error(served.printed.stderr)))
    })
    const url = await address
    const asked = await runBin(['query', QUESTION, '--json', '--url', url])
    expect(asked).toMatchObject({ code: 0, stderr: '' })
    expect(JSON.parse(asked.stdout).passages[0].guide.url).toBe(`${url}/guides/hive?lang=en`)
    served.child.kill('SIGTERM')
    expect(await served.ended).toMatchObject({ code: 0, stdout: '' })
  })
})

describe('build', () => {
  it('names what is wrong with a corpus and writes nothing', async () => {
    const cwd = temporaryFolder()
    for (const folder of ['guides/en', 'guides/es'])
      mkdirSync(join(cwd, folder), { recursive: true })
    writeFileSync(join(cwd, 'guides/sources.yaml'), 'sources: []\n')
    writeFileSync(join(cwd, 'guides/en/bad.md'), '---\nid: bad\n---\n\nText\n')
    const args = ['build', '--corpus', 'guides', '--index', 'out']
    const { code, stdout, stderr } = await runBin(args, { cwd })
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/guides\/en\/bad\.md/)
  })
})
