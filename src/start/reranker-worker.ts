/** Entry point of the reranker's thread: scores one pair of question and passage at a time. */
import * as z from 'zod'
import { createTransformersReranker } from '../engine/adapters/rerankers/transformers.ts'
import { RetrievalError } from '../engine/core/errors.ts'
import { openRerankerFolder } from './reranker-folder.ts'
import { answerTasks } from './thread-tasks.ts'

const taskSchema = z.object({ query: z.string(), text: z.string() })
export type RerankerTask = z.infer<typeof taskSchema>

await answerTasks(taskSchema, async ({ path, threads }) => {
  const folder = await openRerankerFolder(path)
  const reranker = await createTransformersReranker({ ...folder, threads })
  return {
    async answer({ query, text }: RerankerTask): Promise<number> {
      const [score] = await reranker.score(query, [text])
      if (score === undefined)
        throw new RetrievalError('model_unavailable', 'the model returned no score')
      return score
    },
    close: reranker.close,
  }
})
