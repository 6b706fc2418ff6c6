/** JSON Schemas for the OpenAPI document, from the zod schemas that check requests and type responses. */
import * as z from 'zod'
import { guideDocumentSchema, passageDocumentSchema } from '../../../engine/core/guide-document.ts'
import { retrievalRequestSchema, retrievalResponseSchema } from '../../../engine/core/retrieval.ts'
import { searchResultsResponseSchema } from '../../../engine/core/search-result.ts'
import {
  verificationRequestSchema,
  verificationResponseSchema,
} from '../../../engine/core/verification.ts'
import { problemSchema } from '../problem.ts'
import { guideIdParameter, passageIdParameter } from './operations.ts'

export type JsonSchema = z.core.JSONSchema.BaseSchema

/** `input`: what a caller may send, where fields with a default are optional. `output`: what the service answers. */
type Direction = 'input' | 'output'

/** Schemas with a name in the document; other schemas refer to them by it. */
const COMPONENTS: Readonly<Record<string, readonly [schema: z.ZodType, direction: Direction]>> = {
  RetrievalRequest: [retrievalRequestSchema, 'input'],
  RetrievalResponse: [retrievalResponseSchema, 'output'],
  SearchResultsResponse: [searchResultsResponseSchema, 'output'],
  VerificationRequest: [verificationRequestSchema, 'input'],
  VerificationResponse: [verificationResponseSchema, 'output'],
  Guide: [guideDocumentSchema, 'output'],
  Passage: [passageDocumentSchema, 'output'],
  Problem: [problemSchema, 'output'],
}

/** Ids in the loaded index: the guides that callers may name, and a passage for the example. */
export type KnownIds = {
  readonly guideIds: readonly string[]
  readonly passageId: string
}

export type JsonSchemas = {
  readonly components: Readonly<Record<string, JsonSchema>>
  /** The schema, or a reference to it where it is a component. */
  of(schema: z.ZodType, direction: Direction): JsonSchema
}

export function createJsonSchemas(known: KnownIds): JsonSchemas {
  const references = new Map<z.core.$ZodType, JsonSchema>(
    Object.entries(COMPONENTS).map(([name, [schema]]) => [
      schema,
      { $ref: `#/components/schemas/${name}` },
    ]),
  )
  const additions = additionsFor(known)

  const convert = (root: z.ZodType, io: Direction): JsonSchema => {
    const { $schema, ...converted } = z.toJSONSchema(root, {
      io,
      override({ zodSchema, jsonSchema, path }) {
        // An empty path is the schema itself, which is written out.
        const reference = path.length === 0 ? undefined : references.get(zodSchema)
        if (reference) replace(jsonSchema, reference)
        const add = additions.get(zodSchema)
        if (add) replace(jsonSchema, add(jsonSchema))
      },
    })
    return converted
  }
  return {
    components: Object.fromEntries(
      Object.entries(COMPONENTS).map(([name, [schema, io]]) => [name, convert(schema, io)]),
    ),
    of: (schema, io) => references.get(schema) ?? convert(schema, io),
  }
}

type Addition = (schema: JsonSchema) => JsonSchema

/** What only the loaded index knows: the guides that can be named, and ids that exist, as examples. */
function additionsFor({ guideIds, passageId }: KnownIds): Map<z.core.$ZodType, Addition> {
  const guideFilter = retrievalRequestSchema.shape.guides.unwrap().element
  const exampleGuide = guideIds.includes('nss') ? 'nss' : (guideIds[0] ?? 'nss')
  return new Map<z.core.$ZodType, Addition>([
    [guideFilter, ({ type }) => (guideIds.length === 0 ? { type } : { type, enum: [...guideIds] })],
    [guideIdParameter, (schema) => ({ ...schema, example: exampleGuide })],
    [passageIdParameter, (schema) => ({ ...schema, example: passageId })],
  ])
}

function replace(target: JsonSchema, source: JsonSchema): void {
  const copy = { ...source }
  for (const key of Object.keys(target)) delete target[key]
  Object.assign(target, copy)
}
