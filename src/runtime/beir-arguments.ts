/** What `nss-copilot eval beir` and `npm run eval:beir` are asked: folders, system, half of the queries, run file. */
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { messageOf, RetrievalError } from '../core/errors.ts'
import { SPLITS } from '../evaluation/split.ts'
import { SYSTEMS } from './evaluate-beir.ts'

const USAGE = `nss-copilot eval beir (npm run eval:beir --) DIR... [--system ${SYSTEMS.join('|')}] [--split ${SPLITS.join('|')}] [--run out.trec] [--chunk]`

const argumentsSchema = z.object({
  system: z.enum(SYSTEMS).default('hybrid'),
  split: z.enum(SPLITS).default('all'),
  run: z.string().min(1).optional(),
  chunk: z.boolean().default(false),
  dirs: z.array(z.string()).min(1, 'name one or more BEIR folders'),
})

/** Throws `invalid_request` with the usage. */
export function parseBeirArguments(argv: readonly string[]): z.infer<typeof argumentsSchema> {
  const result = argumentsSchema.safeParse(readOptions(argv))
  if (!result.success) {
    const issue = result.error.issues[0]
    throw fault(`${issue?.path.join('.')}: ${issue?.message}`)
  }
  if (result.data.run !== undefined && result.data.dirs.length > 1)
    throw fault('run: one file holds the run of one folder, since query ids repeat between sets')
  return result.data
}

function readOptions(argv: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        system: { type: 'string' },
        split: { type: 'string' },
        run: { type: 'string' },
        chunk: { type: 'boolean' },
      },
    })
    return { ...values, dirs: positionals }
  } catch (error) {
    throw fault(messageOf(error))
  }
}

function fault(message: string): RetrievalError {
  return new RetrievalError('invalid_request', `${message}\n${USAGE}`)
}
