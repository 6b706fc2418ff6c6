import { describe, expect, it } from 'vitest'
import { type Verifier, verificationResponseSchema } from '../../../src/engine/core/verification.ts'
import { expectProblem, jsonOf, sampleApp } from './sample-app.ts'

const QUOTE = 'Register every hive at the counter'

async function verify(citations: unknown, headers: Record<string, string> = {}) {
  const { request, library } = await sampleApp()
  const response = await request('/verify', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof citations === 'string' ? citations : JSON.stringify({ citations }),
  })
  return { response, library }
}

describe('POST /verify', () => {
  it('lets other requests through between two quotes', async () => {
    let checked = 0
    let checkedWhenAnswered = Number.POSITIVE_INFINITY
    let other: Promise<void> | undefined
    const slow: Verifier = {
      verify: ({ citations }) => {
        checked += citations.length
        other ??= Promise.resolve(app.request('/health')).then(() => {
          checkedWhenAnswered = checked
        })
        return { results: [], index: { id: 'x' } }
      },
    }
    const { app } = await sampleApp({ verifier: slow })
    const citations = Array.from({ length: 20 }, () => ({ quote: QUOTE }))
    const response = await app.request('/verify', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ citations }),
    })
    expect(response.status).toBe(200)
    await other
    expect(checked).toBe(20)
    expect(checkedWhenAnswered).toBeLessThan(20)
  })

  it('answers each quote in its order, with the index that it was checked against', async () => {
    const { response, library } = await verify([
      { quote: QUOTE, guide: 'hive' },
      { quote: QUOTE, guide: 'licence' },
      { quote: 'Register no hive at the counter with a photograph', guide: 'hive' },
      { quote: 'Ships sail at dawn over silent oceans' },
    ])
    expect(response.status).toBe(200)
    const body = verificationResponseSchema.parse(await response.json())
    expect(body.results.map(({ verdict }) => verdict)).toEqual([
      'found',
      'misattributed',
      'altered',
      'not_found',
    ])
    expect(body.index.id).toBe(library.indexId)
    const [place] = body.results[0]?.places ?? []
    const text = library.guide('hive')?.text ?? ''
    expect(text.slice(place?.start, place?.end)).toBe(QUOTE)
  })

  it.each([
    ['no quotes', [], 'citations'],
    ['an unknown field', [{ quote: 'x', page: 3 }], 'page'],
    ['two places', [{ quote: 'x', guide: 'hive', url: '/guides/hive' }], 'citations.0'],
    ['too long a quote', [{ quote: 'x'.repeat(5001) }], 'citations.0.quote'],
    ['too many quotes', Array.from({ length: 101 }, () => ({ quote: 'x' })), 'citations'],
  ])('refuses %s and names the field', async (_, citations, field) => {
    const { response } = await verify(citations)
    expect((await expectProblem(response, 400, 'invalid_request')).field).toBe(field)
  })

  it('refuses a body that is not JSON or too large, and other methods', async () => {
    await expectProblem((await verify('{')).response, 400, 'invalid_request')
    await expectProblem((await verify(' '.repeat(70_000))).response, 413, 'payload_too_large')
    const text = { 'content-type': 'text/plain' }
    await expectProblem((await verify([], text)).response, 415, 'unsupported_media_type')
    const { request } = await sampleApp()
    const response = await request('/verify')
    expect(response.headers.get('allow')).toBe('POST')
    await expectProblem(response, 405, 'method_not_allowed')
    const starting = await sampleApp({ state: () => ({ status: 'starting' }) })
    await expectProblem(await starting.request('/verify', { method: 'POST' }), 503, 'not_ready')
  })
})

describe('format anthropic', () => {
  it('answers search results by POST and by GET', async () => {
    const { post, request } = await sampleApp()
    const posted = await jsonOf(post('{"query":"register every hive","format":"anthropic"}'))
    const got = await jsonOf(request('/retrieve?q=register+every+hive&format=anthropic'))
    expect(got.content).toEqual(posted.content)
    expect(posted.content[0]).toMatchObject({
      type: 'search_result',
      title: 'Hive registration > Register a hive',
      source: 'https://guides.example/guides/hive?lang=en#register',
      citations: { enabled: true },
    })
    expect(posted.content).toHaveLength(posted.sources.length)
    expect(posted.passages).toBeUndefined()
  })
})
