import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { quickScanSchema } from '../../../src/engine/core/quick-scan.ts'
import { BASE_URL } from '../../fixtures/built-index.ts'
import { expectProblem, jsonOf, sampleApp } from './sample-app.ts'

describe('/guides', () => {
  it('lists every guide in each of its languages', async () => {
    const { request } = await sampleApp()
    const { guides } = await jsonOf(request('/guides'))
    expect(guides).toHaveLength(4)
    expect(guides[1]).toEqual({
      id: 'licence',
      language: 'en',
      title: 'Beekeeping licence',
      url: `${BASE_URL}/guides/licence?lang=en`,
      description: 'About Beekeeping licence',
      cluster: 'paperwork',
      order: 10,
      languages: ['en', 'es'],
      updated: '2026-11-01',
      stale: false,
    })
  })
})

describe('/guides/{id}', () => {
  it('serves exactly the canonical text as .md, the one that citations hash', async () => {
    const { request, library } = await sampleApp()
    for (const { id, language } of library.guides()) {
      const response = await request(`/guides/${id}.md?lang=${language}`)
      const bytes = Buffer.from(await response.arrayBuffer())
      expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8')
      expect(response.headers.get('content-language')).toBe(language)
      expect(bytes.toString('utf8')).toBe(library.guide(id, language)?.text)
      const sha256 = createHash('sha256').update(bytes).digest('hex')
      expect(sha256).toBe(library.guide(id, language)?.sha256)
    }
  })

  it('serves the data as .json', async () => {
    const { request, library } = await sampleApp()
    const guide = await jsonOf(request('/guides/licence.json?lang=es'))
    expect(guide).toMatchObject({
      id: 'licence',
      language: 'es',
      languages: ['en', 'es'],
      sha256: library.guide('licence', 'es')?.sha256,
      text: library.guide('licence', 'es')?.text,
      stale: false,
      paths: { nextSteps: [{ id: 'hive' }] },
    })
    expect(guide.sections[0]).toMatchObject({ anchor: 'apply', sourceIds: ['office'] })
    expect(guide.sources[0]).toMatchObject({ id: 'office', usedFor: 'what office says' })
    expect(quickScanSchema.parse(guide.quickScan).facts).toHaveLength(5)
  })

  it('negotiates by Accept, with a page as the default', async () => {
    const { request } = await sampleApp()
    const typeOf = async (accept?: string) => {
      const headers = accept === undefined ? undefined : { accept }
      const response = await request('/guides/hive', { headers })
      expect(response.headers.get('vary')?.toLowerCase()).toContain('accept')
      return response.headers.get('content-type')?.split(';')[0]
    }
    expect(await typeOf()).toBe('text/html')
    expect(await typeOf('*/*')).toBe('text/html')
    expect(await typeOf('text/html,application/xhtml+xml,*/*;q=0.8')).toBe('text/html')
    expect(await typeOf('text/markdown')).toBe('text/markdown')
    expect(await typeOf('application/json')).toBe('application/json')
    expect(await typeOf('text/markdown;q=0.5, application/json')).toBe('application/json')
    expect(await typeOf('application/json;q=0.2, text/markdown;q=0.9')).toBe('text/markdown')
  })

  it('gives the language that is asked for, or the one that exists', async () => {
    const { request } = await sampleApp()
    const languageOf = async (path: string) => (await request(path)).headers.get('content-language')
    expect(await languageOf('/guides/licence')).toBe('en')
    expect(await languageOf('/guides/licence?lang=es')).toBe('es')
    expect(await languageOf('/guides/hive.json')).toBe('en')
  })

  it('responds with 404 for a missing guide or translation, and 400 for an unknown language', async () => {
    const { request } = await sampleApp()
    for (const path of [
      '/guides/nowhere',
      '/guides/nowhere.md',
      '/guides/constructor',
      '/guides/.md',
    ]) {
      await expectProblem(await request(path), 404, 'not_found')
    }
    const spanish = await expectProblem(await request('/guides/hive?lang=es'), 404, 'not_found')
    expect(spanish.detail).toContain('en')
    const french = await request('/guides/hive?lang=fr')
    expect((await expectProblem(french, 400, 'invalid_request')).field).toBe('lang')
  })

  it('answers 304 to a client that has it already, with the same ETag', async () => {
    const { request } = await sampleApp()
    for (const path of [
      '/guides',
      '/guides/hive.md',
      '/guides/hive.json',
      '/guides/hive/quick-scan',
    ]) {
      const etag = (await request(path)).headers.get('etag') ?? ''
      expect(etag).not.toBe('')
      const again = await request(path, { headers: { 'if-none-match': etag } })
      expect([path, again.status, await again.text()]).toEqual([path, 304, ''])
      const other = await request(path, { headers: { 'if-none-match': '"other"' } })
      expect(other.status).toBe(200)
    }
  })
})

describe('/guides/{id}/quick-scan', () => {
  it('gives the quick scan in the language asked for', async () => {
    const { request } = await sampleApp()
    const response = await request('/guides/licence/quick-scan?lang=es')
    const scan = quickScanSchema.parse(await response.json())
    expect(scan.guide).toMatchObject({ id: 'licence', language: 'es' })
    await expectProblem(await request('/guides/nowhere/quick-scan'), 404, 'not_found')
  })
})

describe('/passages/{id}', () => {
  it('gives the passage with its citation and its neighbours', async () => {
    const { request, content } = await sampleApp()
    const own = content.passages.filter((p) => p.guideId === 'hive')
    const [first, second, third] = own
    const view = await jsonOf(request(`/passages/${second?.id}`))
    expect(view).toMatchObject({
      id: second?.id,
      text: second?.text,
      headingPath: second?.headingPath,
      citation: { quote: second?.text, start: second?.start, end: second?.end },
      guide: { id: 'hive' },
      previous: first?.id,
      next: third?.id,
    })
    const edge = await jsonOf(request(`/passages/${first?.id}`))
    expect(edge.previous).toBeNull()
  })

  it('responds with 404 for an unknown id and says what to do', async () => {
    const { request } = await sampleApp()
    const problem = await expectProblem(await request('/passages/a.en.b.0'), 404, 'not_found')
    expect(problem.detail).toContain('/retrieve')
    await expectProblem(await request('/passages/%FF'), 404, 'not_found')
  })
})
