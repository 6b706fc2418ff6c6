import { describe, expect, it } from 'vitest'
import { problemResponse } from '../../../src/doors/http/problem.ts'
import type { ServiceState } from '../../../src/doors/http/service-state.ts'
import { ERROR_CODES, RetrievalError } from '../../../src/engine/core/errors.ts'
import type { Retriever } from '../../../src/engine/core/retrieval.ts'
import { expectProblem, jsonOf, sampleApp } from './sample-app.ts'

describe('/health and /ready', () => {
  it('say alive and ready, with the index and how it answers', async () => {
    const { request, library } = await sampleApp()
    expect(await (await request('/health')).json()).toEqual({ status: 'ok' })
    expect(await (await request('/ready')).json()).toEqual({
      status: 'ready',
      mode: 'hybrid',
      degraded: false,
      index: {
        id: library.indexId,
        model: 'hashing',
        passages: library.passageCount,
        vectorIndex: 'flat',
      },
    })
  })

  it('say 200 and degraded when the model is missing', async () => {
    const state = (ready: ServiceState): ServiceState =>
      ready.status === 'ready'
        ? { ...ready, service: { ...ready.service, hasModel: false } }
        : ready
    const response = await (await sampleApp({ state })).request('/ready')
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ mode: 'lexical', degraded: true })
  })

  it('differ while the index loads: alive, yet 503 with Retry-After everywhere else', async () => {
    const { request, post } = await sampleApp({ state: () => ({ status: 'starting' }) })
    expect((await request('/health')).status).toBe(200)
    const asked = [
      await request('/ready'),
      await request('/retrieve?q=x'),
      await post('{"query":"x"}'),
      await request('/'),
      await request('/ask?q=x'),
      await request('/llms.txt'),
      await request('/guides'),
      await request('/guides/hive'),
      await request('/guides/hive/quick-scan'),
      await request('/passages/x'),
    ]
    for (const response of asked) {
      expect(response.headers.get('retry-after')).toBe('1')
      await expectProblem(response, 503, 'not_ready')
    }
  })

  it('say why the index could not be loaded', async () => {
    const error = new RetrievalError('index_missing', 'no index at index/manifest.json')
    const { request } = await sampleApp({ state: () => ({ status: 'failed', error }) })
    const problem = await expectProblem(await request('/ready'), 503, 'index_missing')
    expect(problem.detail).toContain('no index')
    expect((await request('/health')).status).toBe(200)
  })
})

describe('addresses and methods', () => {
  it('that do not exist get 404', async () => {
    const { request } = await sampleApp()
    for (const path of [
      '/nothing',
      '/retrieve/x',
      '/guides/',
      '/guides/hive/x',
      '/passages',
      '//',
    ]) {
      await expectProblem(await request(path), 404, 'not_found')
    }
  })

  it.each([
    ['/retrieve', 'GET, HEAD, POST'],
    ['/guides', 'GET, HEAD'],
    ['/guides/hive', 'GET, HEAD'],
    ['/guides/hive.md', 'GET, HEAD'],
    ['/guides/hive/quick-scan', 'GET, HEAD'],
    ['/passages/x', 'GET, HEAD'],
    ['/', 'GET, HEAD'],
    ['/ask', 'GET, HEAD'],
    ['/guides.json', 'GET, HEAD'],
    ['/llms.txt', 'GET, HEAD'],
    ['/llms-full.txt', 'GET, HEAD'],
    ['/robots.txt', 'GET, HEAD'],
    ['/sitemap.xml', 'GET, HEAD'],
    ['/favicon.svg', 'GET, HEAD'],
    ['/assets/site.css', 'GET, HEAD'],
    ['/verify', 'POST'],
    ['/openapi.json', 'GET, HEAD'],
    ['/docs', 'GET, HEAD'],
    ['/docs/style.css', 'GET, HEAD'],
    ['/docs/try.js', 'GET, HEAD'],
    ['/health', 'GET, HEAD'],
    ['/ready', 'GET, HEAD'],
    ['/metrics', 'GET, HEAD'],
  ])('%s answers other methods with 405 and Allow: %s', async (path, allow) => {
    const { request } = await sampleApp()
    const methods = [
      'PUT',
      'DELETE',
      'PATCH',
      'OPTIONS',
      ...(allow.includes('POST') ? [] : ['POST']),
    ]
    for (const method of methods) {
      const response = await request(path, { method })
      expect(response.headers.get('allow')).toBe(allow)
      await expectProblem(response, 405, 'method_not_allowed')
    }
  })
})

describe('an index that is replaced while the service runs', () => {
  /** The sample service, and the same with a library of one guide in place of it from `replace` on. */
  async function replaceable() {
    let replaced = false
    const app = await sampleApp({
      state: (ready) => {
        if (!replaced || ready.status !== 'ready') return ready
        const { service } = ready
        const library = { ...service.library, indexId: 'next', guides: () => onlyHive }
        const retriever: Retriever = {
          async retrieve(request, options) {
            const answer = await service.retriever.retrieve(request, options)
            return { ...answer, index: { ...answer.index, id: 'next' } }
          },
        }
        return { status: 'ready', service: { ...service, library, retriever } }
      },
    })
    const onlyHive = app.library.guides().filter(({ id }) => id === 'hive')
    return { ...app, replace: () => (replaced = true) }
  }

  it('is what the next request is answered from, the OpenAPI document included', async () => {
    const { request, replace } = await replaceable()
    const guidesNamed = async () => {
      const { components } = await jsonOf(request('/openapi.json'))
      return components.schemas.RetrievalRequest.properties.guides.items.enum
    }
    expect(await guidesNamed()).toContain('licence')
    replace()
    expect(await guidesNamed()).toEqual(['hive'])
    expect((await jsonOf(request('/ready'))).index.id).toBe('next')
    expect((await jsonOf(request('/guides.json'))).guides).toHaveLength(1)
    expect((await jsonOf(request('/retrieve?q=register+hive'))).index.id).toBe('next')
  })

  it('answers a question whose body was still arriving', async () => {
    const { request, replace } = await replaceable()
    const body = new ReadableStream({
      async pull(controller) {
        replace()
        controller.enqueue(new TextEncoder().encode('{"query":"register hive"}'))
        controller.close()
      },
    })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    const answer = await jsonOf(request('/retrieve', { ...init, duplex: 'half' } as RequestInit))
    expect(answer.index.id).toBe('next')
  })
})

describe('a fault', () => {
  it('of the service is logged in full, while the client only learns that there was one', async () => {
    const state = (): ServiceState => {
      throw new Error('secret /home/me/index, password hunter2')
    }
    const { request, faults } = await sampleApp({ state })
    const problem = await expectProblem(await request('/guides'), 500, 'internal')
    expect(problem.detail).not.toContain('secret')
    expect(String(faults)).toContain('secret')
  })

  it('of every code is a problem with that code and never shows its cause', async () => {
    for (const code of ERROR_CODES) {
      const cause = new Error('the cause')
      const response = problemResponse(new RetrievalError(code, 'what happened', { cause }))
      expect(await expectProblem(response.clone(), response.status, code)).toBeDefined()
      expect(await response.text()).not.toContain('the cause')
      expect(response.headers.has('retry-after')).toBe([429, 503].includes(response.status))
    }
  })
})

describe('a full queue', () => {
  it('turns the next question away at once with 503 and Retry-After, then takes questions again', async () => {
    const { post, request } = await sampleApp({ maxQueue: 2 })
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => post('{"query":"register hive"}')),
    )
    const statuses = answers.map((answer) => answer.status).sort()
    expect(statuses).toEqual([200, 200, 503, 503, 503, 503])
    const refused = answers.find((answer) => answer.status === 503)
    expect(Number(refused?.headers.get('retry-after'))).toBeGreaterThan(0)
    if (refused) await expectProblem(refused, 503, 'overloaded')
    expect((await request('/retrieve?q=hive')).status).toBe(200)
    expect((await request('/health')).status).toBe(200)
  })

  it('frees the place of a question that was invalid', async () => {
    const { post } = await sampleApp({ maxQueue: 1 })
    for (let i = 0; i < 3; i++) expect((await post('{')).status).toBe(400)
    expect((await post('{"query":"hive"}')).status).toBe(200)
  })
})
