/** Derives the JSON Schemas of the OpenAPI document from the zod schemas that validate requests and type responses. */
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

/** `input`: what a client may send; fields with a default are optional. `output`: what the service returns; they are present. */
type Direction = 'input' | 'output'

/** Named schemas of the document; other schemas reference them by name. */
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

/** Ids in the loaded index: all guides, and one passage to use as an example. */
export type KnownIds = {
  readonly guideIds: readonly string[]
  readonly passageId: string
}

export type JsonSchemas = {
  readonly components: Readonly<Record<string, JsonSchema>>
  /** The converted schema, or a reference if it is a component. */
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
        // An empty path means the root schema itself, which must be written out, not referenced.
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

/** Adds what only the loaded index knows: the ids of all guides as an enum, and existing ids as examples. */
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
