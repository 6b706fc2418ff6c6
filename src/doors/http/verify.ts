/** `POST /verify`: quotes in, a verdict for each out. */
import { Hono } from 'hono'
import {
  type Verifier,
  verificationRequestSchema,
  verifyInTurns,
} from '../../engine/core/verification.ts'
import { readJson } from './body.ts'
import { validate } from './request.ts'

export type VerifyRouteOptions = {
  readonly verifier: () => Verifier
  readonly maxBodyBytes: number
}

export function createVerifyRoute({ verifier, maxBodyBytes }: VerifyRouteOptions): Hono {
  const app = new Hono()
  app.post('/verify', async (c) => {
    const checker = verifier()
    const body = await readJson(c.req.raw, maxBodyBytes)
    const request = validate(verificationRequestSchema, body)
    return c.json(await verifyInTurns(checker, request, c.req.raw.signal))
  })
  return app
}
