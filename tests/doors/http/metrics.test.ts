import { describe, expect, it } from 'vitest'
import { createMetrics } from '../../../src/doors/http/metrics.ts'
import { sampleApp } from './sample-app.ts'

describe('/metrics', () => {
  it('counts requests by pattern and status, answers and quotes by verdict, and says which index answers', async () => {
    const { request, post, library } = await sampleApp()
    await request('/guides/hive.md')
    await request('/guides/licence.md')
    await request('/guides/nowhere')
    await request('/secret-question/800')
    await post('{"query":"register every hive"}')
    await request('/verify', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ citations: [{ quote: 'Register every hive', guide: 'hive' }] }),
    })
    const response = await request('/metrics')
    expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4')
    const lines = (await response.text()).split('\n')
    expect(lines).toEqual(
      expect.arrayContaining([
        'nss_http_requests_total{route="/guides/:file",method="GET",status="200"} 2',
        'nss_http_requests_total{route="/guides/:file",method="GET",status="404"} 1',
        'nss_http_requests_total{route="other",method="GET",status="404"} 1',
        'nss_http_requests_total{route="/retrieve",method="POST",status="200"} 1',
        'nss_answers_total{verdict="answerable"} 1',
        'nss_answers_degraded_total 0',
        'nss_quotes_total{verdict="found"} 1',
        'nss_http_request_duration_seconds_count{route="/guides/:file"} 3',
        'nss_questions_in_flight 0',
        'nss_ready 1',
        `nss_index_passages ${library.passageCount}`,
      ]),
    )
    const text = lines.join('\n')
    expect(text).toContain(`nss_index_info{id="${library.indexId}",model="hashing"`)
    expect(text).not.toContain('secret')
    expect(text).not.toContain('Register every hive')
  })

  it('counts a method that is refused under the route that refused it', async () => {
    const { request } = await sampleApp()
    await request('/verify', { method: 'PUT' })
    await request('/guides/hive', { method: 'DELETE' })
    const text = await (await request('/metrics')).text()
    expect(text).toContain('{route="/verify",method="PUT",status="405"} 1\n')
    expect(text).toContain('{route="/guides/:file",method="DELETE",status="405"} 1\n')
  })

  it('answers while the index is being loaded', async () => {
    const { request } = await sampleApp({ state: () => ({ status: 'starting' }) })
    const response = await request('/metrics')
    expect(response.status).toBe(200)
    expect(await response.text()).toContain('nss_ready 0')
  })

  it('has cumulative buckets that end at the count, one TYPE a name, and quoted labels', () => {
    const metrics = createMetrics()
    for (const ms of [1, 7, 40, 9_000]) {
      metrics.request({ method: 'BREW', route: 'a"b\\c\n', status: 200, ms })
    }
    const text = metrics.render([])
    const buckets = [...text.matchAll(/_bucket\{.*le="([^"]+)"\} (\d+)/g)].map((match) =>
      Number(match[2]),
    )
    expect(buckets).toEqual([1, 2, 2, 3, 3, 3, 3, 3, 3, 3, 4])
    expect(text).toContain('route="a\\"b\\\\c\\n",method="other"')
    const types = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1])
    expect(new Set(types).size).toBe(types.length)
  })
})
