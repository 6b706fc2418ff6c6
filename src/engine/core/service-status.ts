/** What the service reports about its own state: that it is alive, and that it is ready, with which index and model. */
import * as z from 'zod'
import { modeSchema } from './retrieval.ts'

export const healthSchema = z.object({ status: z.literal('ok') })
export type Health = z.infer<typeof healthSchema>

export const readinessSchema = z.object({
  status: z.literal('ready'),
  mode: modeSchema,
  /** true: the model could not be loaded, so answers are lexical. */
  degraded: z.boolean(),
  index: z.object({
    id: z.string(),
    model: z.string(),
    passages: z.number().int(),
    /** Name of the vector index: `flat`, `hnsw` or another adapter's. */
    vectorIndex: z.string(),
  }),
})
export type Readiness = z.infer<typeof readinessSchema>
