/** The tools of the conformance runner that ask their client for something before they can answer. */
import {
  type ElicitInputParams,
  type InputRequests,
  inputRequired,
  type McpServer,
  type RequestStateCodec,
  type ServerContext,
} from '@modelcontextprotocol/server'
import * as z from 'zod'
import { pause, text } from './content.ts'

type FormSchema = ElicitInputParams['requestedSchema']

const askFor = (message: string, properties: Record<string, unknown>, required?: string[]) =>
  inputRequired.elicit({
    message,
    // The runner gives these forms as JSON Schema, some with keywords that the SDK's type does not name.
    requestedSchema: {
      type: 'object',
      properties,
      ...(required ? { required } : {}),
    } as FormSchema,
  })
const STRING = { type: 'string' }
const askName = (message: string) => askFor(message, { name: STRING }, ['name'])
const askModel = (words: string, maxTokens: number) =>
  inputRequired.createMessage({
    messages: [{ role: 'user', content: { type: 'text', text: words } }],
    maxTokens,
  })
const options = (...values: string[]) => values

const DEFAULTS = {
  name: { type: 'string', default: 'John Doe' },
  age: { type: 'integer', default: 30 },
  score: { type: 'number', default: 95.5 },
  status: { type: 'string', enum: options('active', 'inactive', 'pending'), default: 'active' },
  verified: { type: 'boolean', default: true },
}
const titled = (word: string) =>
  ['First', 'Second', 'Third'].map((nth, i) => ({
    const: `value${i + 1}`,
    title: `${nth} ${word}`,
  }))
const ENUMS = {
  untitledSingle: { type: 'string', enum: options('option1', 'option2', 'option3') },
  titledSingle: { type: 'string', oneOf: titled('Option') },
  legacyEnum: {
    type: 'string',
    enum: options('opt1', 'opt2', 'opt3'),
    enumNames: options('Option One', 'Option Two', 'Option Three'),
  },
  untitledMulti: {
    type: 'array',
    items: { type: 'string', enum: options('option1', 'option2', 'option3') },
  },
  titledMulti: { type: 'array', items: { anyOf: titled('Choice') } },
}

/** A form that was filled in as asked counts; anything else is asked for again. */
function filledIn(ctx: ServerContext, key: string, field: string): boolean {
  const form = z.object({ action: z.literal('accept'), content: z.looseObject({}) })
  const parsed = form.safeParse(ctx.mcpReq.inputResponses?.[key])
  return parsed.success && parsed.data.content[field] !== undefined
}

const answered = (ctx: ServerContext, key: string): unknown => ctx.mcpReq.inputResponses?.[key]
const done = (words: string) => ({ content: [text(words)] })

export function registerInput(server: McpServer, states: RequestStateCodec): void {
  const described = (name: string) => ({ description: `Asks its client, for ${name}` })
  /** Asks once, then answers with what came. */
  const once = (name: string, key: string, request: InputRequests[string], words: string) =>
    server.registerTool(name, described(name), async (ctx) => {
      const response = answered(ctx, key)
      if (response === undefined) return inputRequired({ inputRequests: { [key]: request } })
      return done(`${words}${JSON.stringify(response)}`)
    })

  server.registerTool(
    'test_sampling',
    { ...described('test_sampling'), inputSchema: z.object({ prompt: z.string() }) },
    async ({ prompt }, ctx) => {
      const response = answered(ctx, 'sample')
      if (response === undefined)
        return inputRequired({ inputRequests: { sample: askModel(prompt, 100) } })
      return done(`LLM response: ${JSON.stringify(response)}`)
    },
  )
  server.registerTool(
    'test_elicitation',
    { ...described('test_elicitation'), inputSchema: z.object({ message: z.string() }) },
    async ({ message }, ctx) => {
      const response = answered(ctx, 'form')
      if (response === undefined) {
        const form = askFor(message, { username: STRING, email: STRING }, ['username', 'email'])
        return inputRequired({ inputRequests: { form } })
      }
      return done(`User response: ${JSON.stringify(response)}`)
    },
  )
  const completed = 'Elicitation completed: '
  once('test_elicitation_sep1034_defaults', 'form', askFor('Defaults', DEFAULTS), completed)
  once('test_elicitation_sep1330_enums', 'form', askFor('Choices', ENUMS), completed)
  once('test_missing_capability', 'sample', askModel('Anything', 10), 'Sampled: ')
  once(
    'test_input_required_result_sampling',
    'capital_question',
    askModel('What is the capital of France?', 100),
    'The model says: ',
  )
  once(
    'test_input_required_result_list_roots',
    'client_roots',
    inputRequired.listRoots(),
    'The roots: ',
  )

  server.registerTool(
    'test_input_required_result_elicitation',
    described('elicitation'),
    async (ctx) =>
      filledIn(ctx, 'user_name', 'name')
        ? done(`Hello: ${JSON.stringify(answered(ctx, 'user_name'))}`)
        : inputRequired({ inputRequests: { user_name: askName('What is your name?') } }),
  )
  server.registerTool('test_streaming_elicitation', described('streaming'), async (ctx) => {
    if (answered(ctx, 'user_name') !== undefined) return done('Streamed.')
    const progressToken = ctx.mcpReq._meta?.progressToken
    if (progressToken !== undefined) {
      await ctx.mcpReq.notify({
        method: 'notifications/progress',
        params: { progressToken, progress: 1, total: 2 },
      })
      await pause()
    }
    return inputRequired({ inputRequests: { user_name: askName('What is your name?') } })
  })

  const confirm = () => askFor('Please confirm', { ok: { type: 'boolean' } }, ['ok'])
  for (const name of [
    'test_input_required_result_request_state',
    'test_input_required_result_tampered_state',
  ]) {
    server.registerTool(name, described('request state'), async (ctx) => {
      if (ctx.mcpReq.requestState() === 'asked' && answered(ctx, 'confirm') !== undefined)
        return done('state-ok')
      const requestState = await states.mint('asked', ctx)
      return inputRequired({ inputRequests: { confirm: confirm() }, requestState })
    })
  }
  server.registerTool(
    'test_input_required_result_multiple_inputs',
    described('several at once'),
    async (ctx) => {
      const keys = ['user_name', 'greeting', 'client_roots']
      if (keys.every((key) => answered(ctx, key) !== undefined)) return done('All three came.')
      return inputRequired({
        inputRequests: {
          user_name: askName('What is your name?'),
          greeting: askModel('Generate a greeting', 50),
          client_roots: inputRequired.listRoots(),
        },
        requestState: await states.mint('three', ctx),
      })
    },
  )
  server.registerTool(
    'test_input_required_result_multi_round',
    described('several rounds'),
    async (ctx) => {
      const state = ctx.mcpReq.requestState<string>()
      if (state === 'step2' && answered(ctx, 'step2') !== undefined) return done('Both steps.')
      if (state === 'step1' && answered(ctx, 'step1') !== undefined) {
        const step2 = askFor('Step 2: What is your favorite color?', { color: STRING }, ['color'])
        const requestState = await states.mint('step2', ctx)
        return inputRequired({ inputRequests: { step2 }, requestState })
      }
      const step1 = askName('Step 1: What is your name?')
      return inputRequired({
        inputRequests: { step1 },
        requestState: await states.mint('step1', ctx),
      })
    },
  )
  server.registerTool(
    'test_input_required_result_capabilities',
    described('what the client can'),
    async (ctx) => {
      const can = server.server.getClientCapabilities() ?? {}
      const inputRequests: InputRequests = {
        ...(can.sampling ? { sample: askModel('Anything', 10) } : {}),
        ...(can.elicitation ? { form: askName('What is your name?') } : {}),
        ...(can.roots ? { roots: inputRequired.listRoots() } : {}),
      }
      const keys = Object.keys(inputRequests)
      if (keys.length === 0 || keys.some((key) => answered(ctx, key) !== undefined))
        return done('Asked for what the client can.')
      return inputRequired({ inputRequests })
    },
  )
  server.registerPrompt('test_input_required_result_prompt', described('a prompt'), async (ctx) => {
    if (filledIn(ctx, 'user_context', 'context')) {
      const words = `With ${JSON.stringify(answered(ctx, 'user_context'))}`
      return { messages: [{ role: 'user' as const, content: text(words) }] }
    }
    const user_context = askFor('What context should the prompt use?', { context: STRING }, [
      'context',
    ])
    return inputRequired({ inputRequests: { user_context } })
  })
}
