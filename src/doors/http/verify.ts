/** Handler of `POST /verify`: returns a verdict for each quote. */
import { validate } from '../../engine/core/input.ts'
import {
  type Verifier,
  verificationRequestSchema,
  verifyInTurns,
} from '../../engine/core/verification.ts'
import { readJson } from './json-body.ts'
import type { RouteHandler } from './route.ts'

export type VerifyDeps = {
  /** Throws while the service is not ready. */
  readonly verifier: () => Verifier
  readonly maxBodyBytes: number
}

export function createVerifyHandler({ verifier, maxBodyBytes }: VerifyDeps): RouteHandler {
  return async (c) => {
    // If the service is not ready, this throws before the body is read.
    verifier()
    const body = await readJson(c.req.raw, maxBodyBytes)
    const request = validate(verificationRequestSchema, body)
    return c.json(await verifyInTurns(verifier(), request, c.req.raw.signal))
  }
}
