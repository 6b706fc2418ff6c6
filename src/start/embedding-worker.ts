/** Entry point of an embedding thread: turns one text at a time into a vector. */
import * as z from 'zod'
import { RetrievalError } from '../engine/core/errors.ts'
import { openModelFolder } from './model-folder.ts'
import { answerTasks } from './thread-tasks.ts'

const taskSchema = z.object({ text: z.string(), kind: z.enum(['query', 'passage']) })
export type EmbeddingTask = z.infer<typeof taskSchema>

await answerTasks(taskSchema, async ({ path, threads }) => {
  const folder = await openModelFolder(path)
  const embedder = await folder.open(threads)
  return {
    async answer({ text, kind }: EmbeddingTask): Promise<Float32Array> {
      const [vector] = await embedder.embed([text], kind)
      if (!vector) throw new RetrievalError('model_unavailable', 'the model returned no vector')
      return vector
    },
    close: embedder.close,
  }
})
