/** `POST /verify`: quotes in, a verdict for each out. */
import { Hono } from 'hono'
import { type Verifier, verificationRequestSchema } from '../core/verification.ts'
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
    const response = checker.verify(validate(verificationRequestSchema, body))
    for (const { verdict } of response.results) onVerdict?.(verdict)
    return c.json(response)
  })
  return app
}
