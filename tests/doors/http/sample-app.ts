/** The app over the sample index, and what tests ask of it. */
import { expect } from 'vitest'
import { type AppOptions, createApp } from '../../../src/doors/http/app.ts'
import type { ServiceState } from '../../../src/doors/http/service-state.ts'
import type { Verifier } from '../../../src/engine/core/verification.ts'
import { sampleRetriever } from '../../fixtures/built-index.ts'
import { renderer } from '../../fixtures/renderer.ts'

type SampleAppOptions = {
  readonly state?: (ready: ServiceState) => ServiceState
  readonly maxBodyBytes?: number
  readonly maxQueue?: number
  readonly rateLimit?: AppOptions['rateLimit']
  /** Instead of the sample's own. */
  readonly verifier?: Verifier
  readonly renderer?: AppOptions['renderer']
  readonly mcp?: AppOptions['mcp']
}

export async function sampleApp(options: SampleAppOptions = {}) {
  const { retriever, library, verifier, content } = await sampleRetriever()
  const service = {
    retriever,
    library,
    verifier: options.verifier ?? verifier,
    modelId: 'hashing',
    hasModel: true,
    vectorIndex: 'flat',
  }
  const ready = { status: 'ready', service } as ServiceState // literals widen in an object
  const faults: unknown[] = []
  const app = createApp({
    state: () => options.state?.(ready) ?? ready,
    maxBodyBytes: options.maxBodyBytes ?? 65_536,
    maxQueue: options.maxQueue ?? 256,
    corsOrigins: [],
    renderer: options.renderer ?? renderer,
    ...(options.mcp ? { mcp: options.mcp } : {}),
    ...(options.rateLimit ? { rateLimit: options.rateLimit } : {}),
    log: { request: () => {}, question: () => {}, fault: (error) => faults.push(error) },
  })
  const request = async (path: string, init?: RequestInit) => app.request(path, init)
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}) =>
    request('/retrieve', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body,
    })
  return { app, request, post, library, content, faults }
}

/** The JSON of a response, as loose as a client sees it. */
// biome-ignore lint/suspicious/noExplicitAny: tests look into it field by field
export async function jsonOf(response: Response | Promise<Response>): Promise<any> {
  return (await response).json()
}

/** Checks that a response is a problem of this status and code, and gives it back. */
export async function expectProblem(response: Response, status: number, code: string) {
  const text = await response.text()
  expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/)
  const problem = JSON.parse(text)
  expect(problem).toMatchObject({ status, code, type: `urn:nss-copilot:problem:${code}` })
  expect(response.status).toBe(status)
  expect(problem.title).not.toBe('')
  expect(problem.detail).not.toBe('')
  // Neither a stack nor a path of ours.
  expect(text).not.toMatch(/\bat .+:\d+:\d+|node_modules|\/src\/|file:\/\//)
  return problem as { detail: string; field?: string }
}
