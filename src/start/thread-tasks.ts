/** What runs inside a model's thread: load the model, answer one task after another, close when asked to. */
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { messageOf } from '../engine/core/errors.ts'

/** The message that ends a thread once its running task is answered. */
export const CLOSE = 'close'

const threadDataSchema = z.object({
  /** The model's folder. */
  path: z.string(),
  /** Threads inside one inference. */
  threads: z.number(),
})
export type ThreadData = z.infer<typeof threadDataSchema>

/** A thread's first message. */
export type ThreadStart = { readonly ready: true } | { readonly failed: string }

/** The answer to one task; a failed task leaves the thread running. */
export type TaskReply<Result> = { readonly result: Result } | { readonly error: string }

export type TaskModel<Task, Result> = {
  answer(task: Task): Promise<Result>
  close(): Promise<void>
}

/** The whole life of a thread. A message that is neither a task nor `CLOSE` is a bug and ends the thread. */
export async function answerTasks<Task, Result>(
  taskSchema: z.ZodType<Task>,
  loadModel: (data: ThreadData) => Promise<TaskModel<Task, Result>>,
): Promise<void> {
  const say = (message: ThreadStart | TaskReply<Result>) => parentPort?.postMessage(message)
  let model: TaskModel<Task, Result>
  try {
    model = await loadModel(threadDataSchema.parse(workerData))
  } catch (error) {
    return say({ failed: messageOf(error) })
  }
  const take = async (message: unknown): Promise<void> => {
    if (message === CLOSE) {
      await model.close()
      parentPort?.close()
      return
    }
    const task = taskSchema.parse(message)
    say(
      await model.answer(task).then(
        (result) => ({ result }),
        (error: unknown) => ({ error: messageOf(error) }),
      ),
    )
  }
  let last = Promise.resolve()
  parentPort?.on('message', (message: unknown) => {
    last = last.then(() => take(message))
  })
  say({ ready: true })
}
