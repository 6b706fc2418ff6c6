/** Handler of `POST /verify`: quotes in, a verdict for each out. */
import { validate } from '../../engine/core/input.ts'
import {
  type Verifier,
  verificationRequestSchema,
  verifyInTurns,
} from '../../engine/core/verification.ts'
import { readJson } from './json-body.ts'
import type { RouteHandler } from './route.ts'

export type VerifyDeps = {
  /** Throws while nothing can be answered. */
  readonly verifier: () => Verifier
  readonly maxBodyBytes: number
}

export function createVerifyHandler({ verifier, maxBodyBytes }: VerifyDeps): RouteHandler {
  return async (c) => {
    // A service that is not ready says so before it reads anything.
    verifier()
    const body = await readJson(c.req.raw, maxBodyBytes)
    const request = validate(verificationRequestSchema, body)
    return c.json(await verifyInTurns(verifier(), request, c.req.raw.signal))
  }
}
