/** One inference session in a thread of its own: texts in, vectors out. The entry of `embedding-pool.ts`. */
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { messageOf } from '../engine/core/errors.ts'
import { openModelFolder } from './model-folder.ts'
import type { ThreadStart } from './thread-entry.ts'

const { path, threads } = z.object({ path: z.string(), threads: z.number() }).parse(workerData)
const taskSchema = z.object({
  text: z.string(),
  kind: z.enum(['query', 'passage']),
})
export type PoolTask = z.infer<typeof taskSchema>
/** To each task in its turn. */
export type PoolReply = { readonly vector: Float32Array } | { readonly error: string }

const reply = (message: ThreadStart | PoolReply) => parentPort?.postMessage(message)

try {
  const embedder = await (await openModelFolder(path)).open(threads)
  const answer = async (task: PoolTask): Promise<void> => {
    try {
      const [vector] = await embedder.embed([task.text], task.kind)
      reply(vector ? { vector } : { error: 'the model returned no vector' })
    } catch (error) {
      reply({ error: messageOf(error) })
    }
  }
  let running = Promise.resolve()
  parentPort?.on('message', (message: unknown) => {
    running = running.then(async () => {
      if (message !== 'close') return answer(taskSchema.parse(message))
      await embedder.close()
      parentPort?.close()
    })
  })
  reply({ ready: true })
} catch (error) {
  reply({ failed: messageOf(error) })
}
