/** What `nss-copilot eval` is asked. */
import * as z from 'zod'
import { validate } from '../../../src/engine/core/input.ts'
import { SPLITS } from '../split.ts'

export const QUESTION_SETS = ['questions', 'acceptance'] as const

const argumentsSchema = z
  .strictObject({
    set: z.enum(QUESTION_SETS).default('questions'),
    half: z.enum(SPLITS).default('all'),
    /** Also asks the system with each part taken away. */
    ablations: z.boolean().default(false),
    /** Leaves out whatever rests on the fitted calibration: the ranking alone. */
    fitFree: z.boolean().default(false),
    run: z.string().min(1).optional(),
    qrels: z.string().min(1).optional(),
    json: z.boolean().default(false),
    /** Embeds every question again instead of taking vectors that are known. */
    fresh: z.boolean().default(false),
    check: z.boolean().default(false),
    writeBaseline: z.boolean().default(false),
  })
  .refine((value) => !(value.check && value.writeBaseline), {
    message: '--check and --write-baseline exclude each other',
    path: ['check'],
  })

export type EvalArguments = z.infer<typeof argumentsSchema>

/** Throws `invalid_request` that names what is wrong. */
export function parseEvalArguments(given: unknown): EvalArguments {
  return validate(argumentsSchema, given)
}
