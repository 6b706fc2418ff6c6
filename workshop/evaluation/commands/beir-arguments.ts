/** What `nss-copilot eval beir` is asked: folders, system, half of the queries, run file. */
import * as z from 'zod'
import { validate } from '../../../src/engine/core/input.ts'
import { SPLITS } from '../split.ts'
import { SYSTEMS } from './evaluate-beir.ts'

const argumentsSchema = z
  .strictObject({
    system: z.enum(SYSTEMS).default('hybrid'),
    split: z.enum(SPLITS).default('all'),
    run: z.string().min(1).optional(),
    chunk: z.boolean().default(false),
    dirs: z.array(z.string()).min(1, 'name one or more BEIR folders'),
  })
  .refine(({ run, dirs }) => run === undefined || dirs.length === 1, {
    message: 'one file holds the run of one folder, since query ids repeat between sets',
    path: ['run'],
  })

export type BeirArguments = z.infer<typeof argumentsSchema>

/** Throws `invalid_request` that names what is wrong. */
export function parseBeirArguments(given: unknown): BeirArguments {
  return validate(argumentsSchema, given)
}
