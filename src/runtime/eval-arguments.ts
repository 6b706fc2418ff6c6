/** What `npm run eval` is asked. */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { messageOf, RetrievalError } from '../core/errors.ts'
import { SPLITS } from '../evaluation/split.ts'

export const QUESTION_SETS = ['questions', 'acceptance'] as const

const USAGE = `npm run eval -- [--set ${QUESTION_SETS.join('|')}] [--half ${SPLITS.join('|')}] [--ablations] [--fit-free] [--run out.trec] [--qrels out.qrels] [--json] [--fresh]
npm run eval -- --check | --write-baseline`

const argumentsSchema = z
  .strictObject({
    set: z.enum(QUESTION_SETS).default('questions'),
    half: z.enum(SPLITS).default('all'),
    /** Also asks the system with each part taken away. */
    ablations: z.boolean().default(false),
    /** Leaves out whatever rests on the fitted calibration: the ranking alone. */
    'fit-free': z.boolean().default(false),
    run: z.string().min(1).optional(),
    qrels: z.string().min(1).optional(),
    json: z.boolean().default(false),
    /** Embeds every question again instead of taking vectors that are known. */
    fresh: z.boolean().default(false),
    check: z.boolean().default(false),
    'write-baseline': z.boolean().default(false),
  })
  .refine((value) => !(value.check && value['write-baseline']), {
    message: '--check and --write-baseline exclude each other',
  })

export type EvalArguments = z.infer<typeof argumentsSchema>

/** Throws `evaluation_invalid` with the usage. */
export function parseEvalArguments(argv: readonly string[]): EvalArguments {
  const result = argumentsSchema.safeParse(readOptions(argv))
  if (result.success) return result.data
  const issue = result.error.issues[0]
  throw fault([issue?.path.join('.'), issue?.message].filter(Boolean).join(': '))
}

function readOptions(argv: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: {
        set: { type: 'string' },
        half: { type: 'string' },
        ablations: { type: 'boolean' },
        'fit-free': { type: 'boolean' },
        run: { type: 'string' },
        qrels: { type: 'string' },
        json: { type: 'boolean' },
        fresh: { type: 'boolean' },
        check: { type: 'boolean' },
        'write-baseline': { type: 'boolean' },
      },
    })
    return values
  } catch (error) {
    throw fault(messageOf(error))
  }
}

function fault(message: string): RetrievalError {
  return new RetrievalError('evaluation_invalid', `${message}\n${USAGE}`)
}
