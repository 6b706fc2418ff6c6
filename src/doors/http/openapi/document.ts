/** Generates the OpenAPI 3.1 document from the table of routes. */
import type * as z from 'zod'
import { problemSchema } from '../problem.ts'
import type { Route } from '../route.ts'
import {
  createJsonSchemas,
  type JsonSchema,
  type JsonSchemas,
  type KnownIds,
} from './json-schemas.ts'
import type { FaultStatus, Operation } from './operation.ts'

export type DescribedParameter = {
  readonly name: string
  readonly in: 'path' | 'query'
  readonly required?: true
  readonly description?: string
  readonly schema: JsonSchema
  readonly style?: 'form'
  readonly explode?: false
}

type MediaTypes = Readonly<
  Record<
    string,
    { readonly schema: JsonSchema; readonly examples?: NonNullable<Operation['body']>['examples'] }
  >
>

export type DescribedResponse = {
  readonly description: string
  readonly content: MediaTypes
  readonly headers?: Readonly<Record<string, object>>
}

export type DescribedOperation = {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly tags: readonly string[]
  readonly parameters?: readonly DescribedParameter[]
  readonly requestBody?: { readonly required: true; readonly content: MediaTypes }
  readonly responses: Readonly<Record<string, DescribedResponse>>
}

/** Operations of a path by method. */
export type PathItem = Partial<Record<'get' | 'post', DescribedOperation>>

export type OpenApiDocument = {
  readonly openapi: string
  readonly info: {
    readonly title: string
    readonly version: string
    readonly description: string
    readonly license: object
    readonly contact: object
  }
  readonly servers: readonly { readonly url: string }[]
  readonly security: readonly object[]
  readonly tags: readonly object[]
  readonly paths: Readonly<Record<string, PathItem>>
  readonly components: { readonly schemas: Readonly<Record<string, JsonSchema>> }
}

export type DocumentOptions = KnownIds & {
  /** Base URL of the service, without a trailing slash. */
  readonly baseUrl: string
  readonly version: string
}

const ABOUT = {
  title: 'nss-copilot',
  description:
    'Ranked passages of guides about Mexican social-security paperwork, each with a citation that a program can check. Offsets are UTF-16 units of the guide’s canonical text. Clients of the Model Context Protocol use /mcp; the pages at /, /ask and /docs are for people and not described here.',
  license: { name: 'MIT', identifier: 'MIT' },
}

const TAGS = [
  { name: 'retrieval', description: 'Questions and the check of quotes' },
  { name: 'reading', description: 'Guides and passages' },
  { name: 'operation', description: 'State of the service' },
]

export function createOpenApi(routes: readonly Route[], options: DocumentOptions): OpenApiDocument {
  const schemas = createJsonSchemas(options)
  const { baseUrl, version } = options
  return {
    openapi: '3.1.0',
    info: { ...ABOUT, version, contact: { name: 'nss-copilot', url: `${baseUrl}/` } },
    servers: [{ url: baseUrl }],
    security: [],
    tags: TAGS,
    components: { schemas: schemas.components },
    paths: describePaths(routes, schemas),
  }
}

function describePaths(routes: readonly Route[], schemas: JsonSchemas): Record<string, PathItem> {
  const paths: Record<string, PathItem> = {}
  for (const route of routes) {
    for (const method of ['get', 'post'] as const) {
      const [, ...operations] = route[method === 'get' ? 'GET' : 'POST'] ?? []
      for (const operation of operations) {
        const path = operation.path ?? route.path.replace(/:(\w+)/g, '{$1}')
        paths[path] = { ...paths[path], [method]: describe(operation, schemas) }
      }
    }
  }
  return paths
}

function describe(operation: Operation, schemas: JsonSchemas): DescribedOperation {
  const { operationId, summary, description, tag, body, answer, faults } = operation
  const parameters = [
    ...describeParameters('path', operation.pathParameters, schemas),
    ...describeParameters('query', operation.queryParameters, schemas),
  ]
  const answered: MediaTypes = Object.fromEntries(
    Object.entries(answer.content).map(([type, schema]) => [
      type,
      { schema: schemas.of(schema, 'output') },
    ]),
  )
  return {
    operationId,
    summary,
    description,
    tags: [tag],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: describeBody(body, schemas) } : {}),
    responses: {
      200: { description: answer.description, content: answered },
      ...Object.fromEntries(faults.map((status) => [status, describeFault(status, schemas)])),
    },
  }
}

function describeBody({ schema, examples }: NonNullable<Operation['body']>, schemas: JsonSchemas) {
  const content = { 'application/json': { schema: schemas.of(schema, 'input'), examples } }
  return { required: true as const, content }
}

/** One parameter per field; list items are separated by commas (style `form`, not exploded). */
function describeParameters(
  place: 'path' | 'query',
  fields: z.ZodObject | undefined,
  schemas: JsonSchemas,
): DescribedParameter[] {
  return Object.entries(fields?.shape ?? {}).map(([name, field]: [string, z.ZodType]) => {
    const schema = schemas.of(field, 'input')
    const { description, type } = schema
    return {
      name,
      in: place,
      // A field that is optional or has a default accepts undefined.
      ...(field.safeParse(undefined).success ? {} : { required: true as const }),
      ...(description === undefined ? {} : { description }),
      schema,
      ...(type === 'array' ? { style: 'form' as const, explode: false as const } : {}),
    }
  })
}

const RETRY_AFTER = header('retry-after', 'Seconds to wait')
const ALLOW = header('allow', 'Methods that are allowed')

const FAULTS: Readonly<Record<FaultStatus, Pick<DescribedResponse, 'description' | 'headers'>>> = {
  400: { description: 'A field or the JSON is wrong; `field` names it' },
  404: { description: 'Nothing has this id' },
  405: { description: 'The method is not allowed; `Allow` lists those that are', headers: ALLOW },
  413: { description: 'The body is too large' },
  415: { description: 'The body is not application/json' },
  429: {
    description:
      'Too many requests from this client, to the service or to a proxy in front of it; `Retry-After` says when to try again',
    headers: RETRY_AFTER,
  },
  503: {
    description:
      'The index is being loaded, or too many questions are waiting; `Retry-After` says when to try again',
    headers: RETRY_AFTER,
  },
}

function header(name: string, description: string) {
  return { [name]: { description, required: true, schema: { type: 'string', description } } }
}

function describeFault(status: FaultStatus, schemas: JsonSchemas): DescribedResponse {
  const schema = schemas.of(problemSchema, 'output')
  return { ...FAULTS[status], content: { 'application/problem+json': { schema } } }
}
