/** `POST /verify`: quotes in, a verdict for each out. */
import { Hono } from 'hono'
import { type Verifier, verificationRequestSchema } from '../core/verification.ts'
import { readJson } from './body.ts'
import { validate } from './request.ts'

export function createVerifyRoute(verifier: () => Verifier, maxBodyBytes: number): Hono {
  const app = new Hono()
  app.post('/verify', async (c) => {
    const checker = verifier()
    const request = validate(verificationRequestSchema, await readJson(c.req.raw, maxBodyBytes))
    return c.json(checker.verify(request))
  })
  return app
}
