/** `POST /verify`: quotes in, a verdict for each out. */
import { Hono } from 'hono'
import { type Verifier, verificationRequestSchema, verifyInTurns } from '../core/verification.ts'
import { readJson } from './body.ts'
import { validate } from './request.ts'

export type VerifyRouteOptions = {
  readonly verifier: () => Verifier
  readonly maxBodyBytes: number
  readonly onVerdict?: (verdict: string) => void
}

export function createVerifyRoute({ verifier, maxBodyBytes, onVerdict }: VerifyRouteOptions): Hono {
  const app = new Hono()
  app.post('/verify', async (c) => {
    const checker = verifier()
    const body = await readJson(c.req.raw, maxBodyBytes)
    const request = validate(verificationRequestSchema, body)
    const response = await verifyInTurns(checker, request, c.req.raw.signal)
    for (const { verdict } of response.results) onVerdict?.(verdict)
    return c.json(response)
  })
  return app
}
