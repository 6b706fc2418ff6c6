/** The MCP inspector on its command line, strict, over HTTP and stdio, in both eras. */
import { describe, expect, inject, it } from 'vitest'
import { BIN, INSPECTOR, run } from './tools.ts'

const QUESTION = 'whats the imss phone'
const QUOTE = 'The IMSS phone number is 800 623 2323'
const TRANSPORTS = ['http', 'stdio'] as const
const ERAS = ['modern', 'legacy'] as const

const cases = TRANSPORTS.flatMap((transport) => ERAS.map((era) => ({ transport, era })))

describe.concurrent.each(cases)('the inspector over $transport, $era', ({ transport, era }) => {
  /** Options first: what follows `--` belongs to the server. */
  const inspect = (...args: string[]) => {
    const options = ['--cli', '--protocol-era', era]
    return transport === 'http'
      ? run(INSPECTOR, [...options, `${inject('url')}/mcp`, '--transport', 'http', ...args])
      : run(INSPECTOR, [...options, ...args, '--', process.execPath, BIN, 'mcp'])
  }
  const call = (tool: string, ...pairs: string[]) =>
    inspect(
      '--method',
      'tools/call',
      '--tool-name',
      tool,
      ...pairs.flatMap((pair) => ['--tool-arg', pair]),
    )
  const expectJson = async (ran: ReturnType<typeof run>) => {
    const { code, out, err } = await ran
    expect(code, `${out}\n${err}`).toBe(0)
    return JSON.parse(out)
  }

  it('lists five tools whose schemas are portable', async () => {
    const { tools } = await expectJson(inspect('--method', 'tools/list', '--strict'))
    expect(tools).toHaveLength(5)
  })

  it.each([
    ['search', [`query=${QUESTION}`]],
    ['fetch', ['id=nss.es']],
    ['retrieve', [`query=${QUESTION}`, 'limit=2']],
    ['quick_scan', ['guide=nss', 'language=es']],
    ['verify_citations', [`citations=[{"quote":${JSON.stringify(QUOTE)},"guide":"nss"}]`]],
  ])('calls %s', async (tool, pairs) => {
    const result = await expectJson(call(tool, ...pairs))
    expect(result.isError).toBeFalsy()
    expect(result.structuredContent).toBeTypeOf('object')
  })

  it('lists and reads resources', async () => {
    const { resources } = await expectJson(inspect('--method', 'resources/list'))
    expect(resources.length).toBeGreaterThan(20)
    const { resourceTemplates } = await expectJson(inspect('--method', 'resources/templates/list'))
    expect(resourceTemplates).toHaveLength(2)
    const uri = 'nss-copilot://guides/nss/en'
    const { contents } = await expectJson(inspect('--method', 'resources/read', '--uri', uri))
    expect(contents[0].text).toContain(QUOTE)
  })

  it('gets both prompts', async () => {
    const get = (name: string, pair: string) =>
      expectJson(inspect('--method', 'prompts/get', '--prompt-name', name, '--prompt-args', pair))
    const answer = await get('answer-with-citations', `question=${QUESTION}`)
    expect(answer.messages.length).toBeGreaterThan(1)
    const check = await get('check-my-sources', `text=It says "${QUOTE}".`)
    expect(check.messages[0].content.text).toContain(QUOTE)
  })

  it('ends with a code of its own for an unknown tool and for a fault in a call', async () => {
    expect((await call('delete_all')).code).toBe(5)
    expect((await call('fetch', 'id=nowhere')).code).toBe(5)
  })
})
