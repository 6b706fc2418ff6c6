/** The description of one operation in the OpenAPI document: parameters, body, response, errors. */
import type * as z from 'zod'

/** The group under which the document lists an operation. */
export type OperationTag = 'retrieval' | 'reading' | 'operation'

/** The error statuses that the document describes. */
export type FaultStatus = 400 | 404 | 405 | 413 | 415 | 429 | 503

export type Operation = {
  readonly operationId: string
  /** Path in the document, if it differs from the route's pattern. */
  readonly path?: string
  readonly tag: OperationTag
  readonly summary: string
  readonly description: string
  /** Each field is a parameter. */
  readonly pathParameters?: z.ZodObject
  readonly queryParameters?: z.ZodObject
  readonly body?: {
    readonly schema: z.ZodType
    readonly examples: Readonly<
      Record<string, { readonly summary: string; readonly value: unknown }>
    >
  }
  readonly answer: {
    readonly description: string
    /** Schema of the body by media type. */
    readonly content: Readonly<Record<string, z.ZodType>>
  }
  readonly faults: readonly FaultStatus[]
}
