/** How a model's vectors are made: the recipe, stored beside the model's files as `embedding.json`. */
import * as z from 'zod'

export const embeddingModelSchema = z.strictObject({
  id: z.string().min(1),
  /** Commit or version of the weights. */
  revision: z.string().min(1),
  dimensions: z.number().int().positive(),
  /** Longer input is truncated. */
  maxTokens: z.number().int().positive(),
  pooling: z.enum(['mean', 'cls']),
  dtype: z.enum(['fp32', 'fp16', 'q8', 'q4']),
  prefixes: z.strictObject({ query: z.string(), passage: z.string() }),
})
export type EmbeddingModel = z.infer<typeof embeddingModelSchema>

/** One line that changes whenever the vectors would; `filesHash` covers the weights and the tokenizer. */
export function modelFingerprint(model: EmbeddingModel, filesHash: string): string {
  return JSON.stringify([
    model.id,
    model.revision,
    model.dimensions,
    model.maxTokens,
    model.pooling,
    model.dtype,
    model.prefixes.query,
    model.prefixes.passage,
    filesHash,
  ])
}
