import { describe, expect, it } from 'vitest'
import { retrievalResponseSchema } from '../../../src/engine/core/retrieval.ts'
import { expectProblem, jsonOf, sampleApp } from './sample-app.ts'

const QUERY = 'apply for the beekeeping licence online'
const withoutTimes = (answer: object) => ({ ...answer, tookMs: null })

describe('/retrieve', () => {
  it('answers a POST with what the response schema says', async () => {
    const { post } = await sampleApp()
    const response = await post(JSON.stringify({ query: QUERY }))
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toMatch(/^application\/json/)
    const answer = retrievalResponseSchema.parse(await response.json())
    expect(answer.passages[0]?.id).toContain('licence.en.apply')
  })

  it('answers GET and POST alike, field by field', async () => {
    const { request, post } = await sampleApp()
    const fields = {
      query: 'licencia & hive? ñ',
      limit: 3,
      maxTokens: 200,
      languages: ['en', 'es'],
      guides: ['licence', 'hive'],
      minAuthority: 'law',
      quickScan: false,
      explain: true,
      format: 'json',
    }
    for (const [name, value] of Object.entries(fields)) {
      const body = { query: fields.query, [name]: value }
      const parameters = new URLSearchParams({ q: fields.query })
      if (name !== 'query') parameters.set(name, String(value))
      const [got, posted] = [
        await request(`/retrieve?${parameters}`),
        await post(JSON.stringify(body)),
      ]
      expect([name, got.status, posted.status]).toEqual([name, 200, 200])
      expect(withoutTimes(await jsonOf(got))).toEqual(withoutTimes(await jsonOf(posted)))
    }
  })

  it('honours each field of the GET form', async () => {
    const { request } = await sampleApp()
    const get = async (more: string) =>
      retrievalResponseSchema.parse(
        await (await request(`/retrieve?q=${encodeURIComponent(QUERY)}&${more}`)).json(),
      )
    expect((await get('limit=1')).passages).toHaveLength(1)
    expect((await get('quickScan=false')).quickScan).toBeNull()
    expect((await get('quickScan=true')).quickScan).not.toBeNull()
    expect((await get('explain=true')).explain).toBeDefined()
    expect((await get('languages=es')).passages.every((p) => p.language === 'es')).toBe(true)
    expect((await get('guides=hive')).passages.every((p) => p.guide.id === 'hive')).toBe(true)
    expect((await get('limit=20&maxTokens=100')).omitted).toBeGreaterThan(0)
    expect((await get('limit=20&minAuthority=official')).passages.length).toBeLessThan(
      (await get('limit=20')).passages.length,
    )
  })

  it('answers HEAD without a body', async () => {
    const { request } = await sampleApp()
    const response = await request('/retrieve?q=hive', { method: 'HEAD' })
    expect(response.status).toBe(200)
    expect(await response.text()).toBe('')
  })

  it('answers 200 to a question it cannot answer', async () => {
    const { request } = await sampleApp()
    const response = await request('/retrieve?q=zzzz%20qqqq')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({
      passages: [],
      answerability: { verdict: 'not_in_corpus' },
    })
  })
})

describe('a wrong body', () => {
  it.each([
    [{}, 'query'],
    [{ query: '' }, 'query'],
    [{ query: ' \n ' }, 'query'],
    [{ query: 7 }, 'query'],
    [{ query: null }, 'query'],
    [{ query: ['a'] }, 'query'],
    [{ query: 'x'.repeat(1001) }, 'query'],
    [{ query: 'a\u0000b' }, 'query'],
    [{ query: 'a\u001bb' }, 'query'],
    [{ query: '\ud800' }, 'query'],
    [{ query: 'x', limit: 0 }, 'limit'],
    [{ query: 'x', limit: 21 }, 'limit'],
    [{ query: 'x', limit: 1.5 }, 'limit'],
    [{ query: 'x', limit: '5' }, 'limit'],
    [{ query: 'x', limit: null }, 'limit'],
    [{ query: 'x', maxTokens: 99 }, 'maxTokens'],
    [{ query: 'x', maxTokens: 8001 }, 'maxTokens'],
    [{ query: 'x', languages: [] }, 'languages'],
    [{ query: 'x', languages: 'en' }, 'languages'],
    [{ query: 'x', languages: ['en', 'fr'] }, 'languages.1'],
    [{ query: 'x', guides: [] }, 'guides'],
    [{ query: 'x', guides: ['nowhere'] }, 'guides'],
    [{ query: 'x', guides: [3] }, 'guides.0'],
    [{ query: 'x', minAuthority: 'high' }, 'minAuthority'],
    [{ query: 'x', quickScan: 'yes' }, 'quickScan'],
    [{ query: 'x', explain: 1 }, 'explain'],
    [{ query: 'x', format: 'xml' }, 'format'],
    [{ query: 'x', topK: 5 }, 'topK'],
    [[], 'body'],
    ['text', 'body'],
    [null, 'body'],
  ])('%j is refused with the field %s', async (body, field) => {
    const { post } = await sampleApp()
    const problem = await expectProblem(await post(JSON.stringify(body)), 400, 'invalid_request')
    expect(problem.field).toBe(field)
    expect(problem.detail).toContain(field.split('.')[0])
  })

  it('with an inherited name as a field is refused', async () => {
    const { post } = await sampleApp()
    for (const name of ['__proto__', 'constructor', 'toString']) {
      const response = await post(`{"query":"x","${name}":{"limit":1}}`)
      expect((await expectProblem(response, 400, 'invalid_request')).field).toBe(name)
    }
  })

  it.each([
    ['nothing', ''],
    ['half of JSON', '{"query":"x"'],
    ['two documents', '{"query":"x"}{}'],
    ['a deep array', '['.repeat(30_000)],
    ['a deep whole array', `{"query":${'['.repeat(20_000)}${']'.repeat(20_000)}}`],
    ['invalid UTF-8', Uint8Array.of(0x7b, 0x22, 0xc3, 0x28, 0x22, 0x7d)],
    ['UTF-16', Uint8Array.from(Buffer.from('{"query":"x"}', 'utf16le'))],
  ])('of %s is refused as 400', async (_, body) => {
    const { post } = await sampleApp()
    await expectProblem(await post(body), 400, 'invalid_request')
  })

  it('counts characters, not UTF-16 units', async () => {
    const { post } = await sampleApp()
    expect((await post(JSON.stringify({ query: '🐝'.repeat(1000) }))).status).toBe(200)
    const longer = await post(JSON.stringify({ query: '🐝'.repeat(1001) }))
    await expectProblem(longer, 400, 'invalid_request')
  })

  it('of another media type is refused as 415', async () => {
    const { post } = await sampleApp()
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonx']) {
      const response = await post('{"query":"x"}', { 'content-type': type })
      await expectProblem(response, 415, 'unsupported_media_type')
    }
    for (const type of ['application/json; charset=utf-8', 'application/problem+json']) {
      expect((await post('{"query":"x"}', { 'content-type': type })).status).toBe(200)
    }
  })

  it('larger than the limit is refused as 413, with a length or without', async () => {
    const { post } = await sampleApp({ maxBodyBytes: 2000 })
    const large = JSON.stringify({ query: 'x', padding: 'y'.repeat(2000) })
    await expectProblem(await post(large), 413, 'payload_too_large')
    const length = { 'content-length': '1000000' }
    await expectProblem(await post('{}', length), 413, 'payload_too_large')
  })
})

describe('a wrong query string', () => {
  it.each([
    ['', 'q'],
    ['q=', 'query'],
    ['q=x&limit=many', 'limit'],
    ['q=x&limit=1e1', 'limit'],
    ['q=x&limit=-1', 'limit'],
    ['q=x&limit=', 'limit'],
    ['q=x&quickScan=yes', 'quickScan'],
    ['q=x&languages=', 'languages.0'],
    ['q=x&languages=en,fr', 'languages.1'],
    ['q=x&guides=nowhere', 'guides'],
    ['q=x&query=y', 'query'],
    ['q=x&topK=3', 'topK'],
    ['q=x&__proto__=3', '__proto__'],
    ['q=x&q=y', 'q'],
    ['q=a%00b', 'query'],
  ])('?%s is refused with the field %s', async (search, field) => {
    const { request } = await sampleApp()
    const problem = await expectProblem(
      await request(`/retrieve?${search}`),
      400,
      'invalid_request',
    )
    expect(problem.field).toBe(field)
  })

  it('that is not UTF-8 is refused', async () => {
    const { request } = await sampleApp()
    for (const q of ['%FF', '%', '%C3%28']) {
      await expectProblem(await request(`/retrieve?q=${q}`), 400, 'invalid_request')
    }
  })
})
