/** How often one client may ask, who counts as one client, and what a refusal says. */
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createClient } from '../../../src/doors/client/client.ts'
import { createRateLimiter } from '../../../src/doors/http/rate-limit.ts'
import { isRetrievalError } from '../../../src/engine/core/errors.ts'
import { temporaryFolder, writeSample } from '../../fixtures/built-index.ts'
import { startWithoutModel } from '../../fixtures/real-service.ts'
import { expectProblem, sampleApp } from './sample-app.ts'

const MINUTE = 60_000

/** Takes at the time; the seconds to wait, or 0 when it is let through. */
function takeAt(perMinute: number, maxRemembered?: number) {
  let time = 0
  const limiter = createRateLimiter({
    perMinute,
    now: () => time,
    ...(maxRemembered === undefined ? {} : { maxRemembered }),
  })
  const take = (at: number, client = 'a'): number => {
    time = at
    try {
      limiter.take(client)
      return 0
    } catch (error) {
      if (isRetrievalError(error) && error.code === 'rate_limited')
        return Number(error.details.retryAfter)
      throw error
    }
  }
  return { take, remembered: limiter.remembered }
}

describe('the rate limiter', () => {
  it('accepts the allowed number of requests per minute and says when the next one will be accepted', () => {
    const { take } = takeAt(2)
    expect([take(0), take(10_000), take(20_000)]).toEqual([0, 0, 40])
    expect([take(59_999), take(60_000), take(60_001)]).toEqual([1, 0, 10])
    expect(take(69_999)).toBe(1)
    expect(take(70_000)).toBe(0)
  })

  it('counts each client separately', () => {
    const { take } = takeAt(1)
    expect([take(0, 'a'), take(0, 'b'), take(1, 'a'), take(1, 'b')]).toEqual([0, 0, 60, 60])
  })

  it('never accepts more in any 60 seconds, and accepts a client that waits as long as it was told', () => {
    const calls = fc.array(fc.tuple(fc.nat(40_000), fc.constantFrom('a', 'b')), { maxLength: 80 })
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), calls, (perMinute, steps) => {
        const { take } = takeAt(perMinute)
        const passed = new Map<string, number[]>()
        let time = 0
        for (const [step, client] of steps) {
          time += step
          const wait = take(time, client)
          const before = passed.get(client) ?? []
          const recent = before.filter((at) => at > time - MINUTE)
          expect(wait > 0).toBe(recent.length >= perMinute)
          if (wait > 0) {
            expect(take(time + wait * 1000 - 1000, client)).toBeGreaterThan(0)
            time += wait * 1000
            expect(take(time, client)).toBe(0)
          }
          passed.set(client, [...before, time])
        }
      }),
    )
  })

  it('keeps no more timestamps than allowed, and none older than a minute', () => {
    const { take, remembered } = takeAt(3, 50)
    for (let at = 0; at < 1000; at++) {
      take(at, `client ${at}`)
      expect(remembered()).toBeLessThanOrEqual(50)
    }
    expect(remembered()).toBe(50)
    // Whoever was quiet longest was forgotten, the others were not.
    expect([take(1000, 'client 999'), take(1000, 'client 999'), take(1000, 'client 999')]).toEqual([
      0, 0, 60,
    ])
    take(1000 + 2 * MINUTE, 'late')
    expect(remembered()).toBe(1)
  })
})

/** An app that lets two calls a minute through; each call names the address it comes from. */
async function limitedApp(trustedProxies = 0) {
  return sampleApp({
    rateLimit: {
      perMinute: 2,
      now: () => 0,
      socketAddress: (c) => c.req.header('x-test-socket'),
      trustedProxies,
    },
    mcp: { fetch: async () => new Response('{}'), allowedHosts: [] },
  })
}

describe('an app with a limit', () => {
  const from = (socket: string, more: Record<string, string> = {}) => ({
    headers: { 'x-test-socket': socket, ...more },
  })

  it('refuses with a problem that says when to retry, counting all limited routes together', async () => {
    const { request, faults } = await limitedApp()
    const here = from('192.0.2.1')
    expect((await request('/retrieve?q=register+hive', here)).status).toBe(200)
    expect((await request('/ask?q=register+hive', here)).status).toBe(200)
    for (const path of ['/retrieve?q=x', '/ask?q=x', '/verify', '/mcp']) {
      const init = path.startsWith('/verify') || path === '/mcp' ? { method: 'POST' } : {}
      const response = await request(path, { ...here, ...init })
      expect(response.headers.get('retry-after')).toBe('60')
      const { detail } = await expectProblem(response, 429, 'rate_limited')
      expect(detail).toContain('try again in 60 seconds')
    }
    expect(faults).toEqual([])
    const metrics = await (await request('/metrics')).text()
    expect(metrics).toContain(
      'nss_http_requests_total{route="/retrieve",method="GET",status="429"} 1',
    )
  })

  it('shows a browser the refusal as a page', async () => {
    const { request } = await limitedApp()
    const asked = () => request('/ask?q=hive', from('192.0.2.1', { accept: 'text/html' }))
    await asked()
    await asked()
    const refused = await asked()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '60'])
    expect(refused.headers.get('content-type')).toContain('text/html')
    expect(await refused.text()).toContain('<b>429</b>')
  })

  it('does not affect other clients, nor routes that only serve guides', async () => {
    const { request } = await limitedApp()
    for (let i = 0; i < 4; i++) await request('/retrieve?q=x', from('192.0.2.1'))
    expect((await request('/retrieve?q=x', from('192.0.2.2'))).status).toBe(200)
    for (const path of ['/', '/guides', '/guides/hive.md', '/health', '/ready', '/openapi.json'])
      expect([path, (await request(path, from('192.0.2.1'))).status]).toEqual([path, 200])
  })

  /** The status of a third call after two others. */
  async function third(proxies: number, calls: [string, string?][]): Promise<number | undefined> {
    const { request } = await limitedApp(proxies)
    let status: number | undefined
    for (const [socket, forwarded] of calls) {
      const header: Record<string, string> =
        forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }
      status = (await request('/retrieve?q=x', from(socket, header))).status
    }
    return status
  }

  it.each<[string, number, number, [string, string?][]]>([
    [
      'does not believe the header by itself',
      0,
      429,
      [
        ['10.0.0.1', 'a'],
        ['10.0.0.1', 'b'],
        ['10.0.0.1', '192.0.2.9'],
      ],
    ],
    [
      'believes the entry that its own proxy wrote',
      1,
      200,
      [
        ['10.0.0.1', '192.0.2.1'],
        ['10.0.0.1', '192.0.2.1'],
        ['10.0.0.1', '192.0.2.2'],
      ],
    ],
    [
      'does not believe what a caller wrote before it',
      1,
      429,
      [
        ['10.0.0.1', '1.1.1.1, 192.0.2.1'],
        ['10.0.0.1', '2.2.2.2, 192.0.2.1'],
        ['10.0.0.1', '3.3.3.3,192.0.2.1:4711'],
      ],
    ],
    [
      'counts back over two proxies',
      2,
      429,
      [
        ['10.0.0.1', '1.1.1.1, 192.0.2.1, 10.0.0.2'],
        ['10.0.0.1', '192.0.2.1, 10.0.0.3'],
        ['10.0.0.1', '192.0.2.1, 10.0.0.4'],
      ],
    ],
    [
      'takes the connection where the proxy wrote nothing of use',
      1,
      429,
      [['10.0.0.1', 'unknown'], ['10.0.0.1', ''], ['10.0.0.1']],
    ],
    [
      'takes an IPv6 network of 64 bits for one client',
      0,
      429,
      [['2001:db8:0:1::1'], ['2001:0DB8::1:2:3:4:5'], ['2001:db8:0:1:ffff::']],
    ],
    [
      'tells networks apart',
      0,
      200,
      [['2001:db8:0:1::1'], ['2001:db8:0:1::2'], ['2001:db8:0:2::1']],
    ],
    [
      'takes an IPv4 address in IPv6 for what it is',
      0,
      429,
      [['::ffff:192.0.2.1'], ['192.0.2.1'], ['::FFFF:192.0.2.1']],
    ],
    [
      'reads IPv6 with brackets, port and zone',
      1,
      429,
      [
        ['10.0.0.1', '[fe80::1%eth0]:80'],
        ['10.0.0.1', '[fe80::2]'],
        ['10.0.0.1', 'fe80::3'],
      ],
    ],
    ['lets clients without an address share one limit', 0, 429, [[''], ['nonsense'], ['1:2:3']]],
  ])('%s', async (_, proxies, status, calls) => {
    expect(await third(proxies, calls)).toBe(status)
  })
})

describe('the service with RATE_LIMIT_PER_MINUTE', () => {
  it('limits by the address of the socket; the client waits no longer than it may and says why', async () => {
    const dir = temporaryFolder()
    await writeSample(dir)
    const server = await startWithoutModel(dir, { RATE_LIMIT_PER_MINUTE: '2' })
    onTestFinished(server.stop)
    const client = createClient({ baseUrl: server.url, retries: 0 })
    await client.retrieve({ query: 'register every hive' })
    await client.verify({ citations: [{ quote: 'Register every hive', guide: 'hive' }] })
    await expect(client.retrieve({ query: 'register every hive' })).rejects.toMatchObject({
      code: 'rate_limited',
      details: { status: 429, retryAfterMs: expect.any(Number) },
    })
    const spoofed = await fetch(`${server.url}/retrieve?q=x`, {
      headers: { 'x-forwarded-for': '192.0.2.77' },
    })
    expect(spoofed.status).toBe(429)
    expect(Number(spoofed.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('has no limit by default', async () => {
    const dir = temporaryFolder()
    await writeSample(dir)
    const server = await startWithoutModel(dir)
    onTestFinished(server.stop)
    const asked = Array.from({ length: 100 }, () => fetch(`${server.url}/retrieve?q=hive`))
    expect(new Set((await Promise.all(asked)).map(({ status }) => status))).toEqual(new Set([200]))
  })
})
