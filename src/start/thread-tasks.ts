/** The code that runs inside a model's thread: loads the model, answers one task after another, closes when told to. */
import { parentPort, workerData } from 'node:worker_threads'
import * as z from 'zod'
import { messageOf } from '../engine/core/errors.ts'

/** The message that ends a thread once its running task is answered. */
export const CLOSE = 'close'

const threadDataSchema = z.object({
  /** The model's folder. */
  path: z.string(),
  /** Threads per inference. */
  threads: z.number(),
})
export type ThreadData = z.infer<typeof threadDataSchema>

/** The first message that a thread sends. */
export type ThreadStart = { readonly ready: true } | { readonly failed: string }

/** The answer to one task; a failed task leaves the thread running. */
export type TaskReply<Result> = { readonly result: Result } | { readonly error: string }

export type TaskModel<Task, Result> = {
  answer(task: Task): Promise<Result>
  close(): Promise<void>
}

/** Runs a thread until it is closed. A message that is neither a task nor `CLOSE` is a bug and ends the thread. */
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
