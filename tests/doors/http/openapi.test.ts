import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { createApp } from '../../../src/doors/http/app.ts'
import { realApp } from '../../fixtures/real-app.ts'
import { renderer } from '../../fixtures/renderer.ts'
import { jsonOf } from './sample-app.ts'

// biome-ignore lint/suspicious/noExplicitAny: the document is looked into as a client would
type Loose = any

async function described() {
  const { app, service } = await realApp()
  const document: Loose = await jsonOf(app.request('/openapi.json'))
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: true })
  // The package's default export is declared for another module system than it is loaded in.
  ;(addFormats as unknown as (instance: Ajv2020) => void)(ajv)
  ajv.addSchema(document, 'openapi')
  /** What is wrong with a value, by a schema's place in the document. */
  const faults = (place: readonly string[], value: unknown) => {
    const pointer = place.map((step) => step.replace(/~/g, '~0').replace(/\//g, '~1'))
    const check = ajv.getSchema(`openapi#/${pointer.map(encodeURIComponent).join('/')}`)
    if (!check) throw new Error(`no schema at ${place.join(' ')}`)
    return check(value) ? [] : (check.errors ?? [])
  }
  return { app, service, document, faults }
}

/** A response's own schema, by path, method, status and media type. */
const responseSchema = (path: string, method: string, response: Response) => {
  const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? ''
  const status = String(response.status)
  return ['paths', path, method, 'responses', status, 'content', type, 'schema']
}

describe('/openapi.json', () => {
  it('has examples for every request body that are valid, are answered 200 and answered as described', async () => {
    const { app, document, faults } = await described()
    let executed = 0
    for (const [path, item] of Object.entries<Loose>(document.paths)) {
      const { requestBody } = item.post ?? {}
      if (!requestBody) continue
      for (const { value } of Object.values<Loose>(
        requestBody.content['application/json'].examples,
      )) {
        const place = [
          'paths',
          path,
          'post',
          'requestBody',
          'content',
          'application/json',
          'schema',
        ]
        expect(faults(place, value)).toEqual([])
        const response = await app.request(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(value),
        })
        expect(response.status).toBe(200)
        expect(faults(responseSchema(path, 'post', response), await response.json())).toEqual([])
        executed++
      }
    }
    expect(executed).toBeGreaterThanOrEqual(5)
  })

  it('describes what every GET answers, with the examples of its path', async () => {
    const { app, document, faults } = await described()
    for (const [path, item] of Object.entries<Loose>(document.paths)) {
      if (!item.get) continue
      const address = (item.get.parameters ?? []).reduce(
        (filled: string, { name, in: place, schema }: Loose) =>
          place === 'path' ? filled.replace(`{${name}}`, schema.example) : filled,
        path,
      )
      const response = await app.request(path === '/retrieve' ? '/retrieve?q=NSS' : address)
      const text = await response.text()
      const place = responseSchema(path, 'get', response)
      const value = /json$/.test(place[6] ?? '') ? JSON.parse(text) : text
      expect({ path, faults: faults(place, value) }).toEqual({ path, faults: [] })
    }
  })

  it('describes faults as they are answered', async () => {
    const { app, faults } = await described()
    const json = { 'content-type': 'application/json' }
    const asked: [number, string, string, string, RequestInit?][] = [
      [400, '/retrieve', 'get', '/retrieve'],
      [400, '/retrieve', 'post', '/retrieve', { method: 'POST', headers: json, body: '{}' }],
      [
        400,
        '/verify',
        'post',
        '/verify',
        { method: 'POST', headers: json, body: '{"citations":[]}' },
      ],
      [404, '/guides/{id}', 'get', '/guides/nowhere'],
      [404, '/passages/{id}', 'get', '/passages/nowhere'],
      [405, '/verify', 'post', '/verify'],
      [
        413,
        '/verify',
        'post',
        '/verify',
        { method: 'POST', headers: json, body: ' '.repeat(70_000) },
      ],
      [415, '/verify', 'post', '/verify', { method: 'POST', body: '{}' }],
    ]
    for (const [status, path, method, address, init] of asked) {
      const response = await app.request(address, init)
      expect(response.status).toBe(status)
      expect(faults(responseSchema(path, method, response), await response.json())).toEqual([])
    }
    const loading = createApp({
      state: () => ({ status: 'starting' }),
      ...{ renderer, maxBodyBytes: 1024, maxQueue: 1, corsOrigins: [] },
    })
    const response = await loading.request('/guides')
    expect(response.status).toBe(503)
    expect(faults(responseSchema('/guides', 'get', response), await response.json())).toEqual([])
  })

  it('refuses in its schemas what the service refuses', async () => {
    const { app, faults } = await described()
    const bodies: [string, unknown][] = [
      ['/retrieve', { query: ' ' }],
      ['/retrieve', { query: 'a\u0001b' }],
      ['/retrieve', { query: 'x'.repeat(1001) }],
      ['/retrieve', { query: 'x', unknown: 1 }],
      ['/retrieve', { query: 'x', guides: ['nowhere'] }],
      ['/retrieve', { query: 'x', limit: 21 }],
      ['/verify', { citations: [{ quote: '' }] }],
      ['/verify', { citations: [{ quote: 'x', guide: 'nss', passage: 'y' }] }],
      ['/verify', { citations: [{ quote: 'x'.repeat(5001) }] }],
    ]
    for (const [path, body] of bodies) {
      const place = ['paths', path, 'post', 'requestBody', 'content', 'application/json', 'schema']
      expect({ body, count: faults(place, body).length }).not.toEqual({ body, count: 0 })
      const init = { method: 'POST', headers: { 'content-type': 'application/json' } }
      const response = await app.request(path, { ...init, body: JSON.stringify(body) })
      expect({ body, status: response.status }).toEqual({ body, status: 400 })
    }
    const astral = { citations: [{ quote: '😀'.repeat(5000) }] }
    expect(faults(['components', 'schemas', 'VerificationRequest'], astral)).toEqual([])
  })
})
