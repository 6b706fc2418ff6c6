/** Validates untrusted input against its schema. */
import type * as z from 'zod'
import { RetrievalError } from './errors.ts'

/** Throws `invalid_request`, naming the first invalid field. */
export function validate<T>(schema: z.ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const issue = result.error.issues[0]
  const unknownField = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
  const field = unknownField ?? (issue?.path.join('.') || 'body')
  throw new RetrievalError(
    'invalid_request',
    `${field}: ${unknownField ? 'unknown field' : issue?.message}`,
    {
      details: { field },
    },
  )
}
