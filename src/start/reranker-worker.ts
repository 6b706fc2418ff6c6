/** The reranker in a thread of its own: inference blocks its thread, and a time limit needs one that is free. The entry of `reranker-thread.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { createTransformersReranker } from '../engine/adapters/rerankers/transformers.ts'
import { messageOf } from '../engine/core/errors.ts'
import { openRerankerFolder } from './reranker-folder.ts'
import type { ThreadStart } from './thread-entry.ts'

const { path, threads } = z.object({ path: z.string(), threads: z.number() }).parse(workerData)
const taskSchema = z.object({ id: z.number(), query: z.string(), text: z.string() })

export type RerankTask = z.infer<typeof taskSchema>
export type RerankReply =
  | { readonly id: number; readonly score: number }
  | { readonly id: number; readonly error: string }

const reply = (message: ThreadStart | RerankReply) => parentPort?.postMessage(message)

try {
  const reranker = await createTransformersReranker({
    ...(await openRerankerFolder(path)),
    threads,
  })
  const answer = async ({ id, query, text }: RerankTask): Promise<void> => {
    try {
      const [score] = await reranker.score(query, [text])
      reply(score === undefined ? { id, error: 'the model gave no score' } : { id, score })
    } catch (error) {
      reply({ id, error: messageOf(error) })
    }
  }
  let running = Promise.resolve()
  parentPort?.on('message', (message: unknown) => {
    running = running.then(async () => {
      if (message !== 'close') return answer(taskSchema.parse(message))
      await reranker.close()
      parentPort?.close()
    })
  })
  reply({ ready: true })
} catch (error) {
  reply({ failed: messageOf(error) })
}
