/** Several threads with the same model behind one queue. If a thread dies during a task, the task is tried once more. */
import { RetrievalError } from '../engine/core/errors.ts'
import {
  type SupervisedThread,
  type SupervisedThreadOptions,
  superviseThread,
} from './supervised-thread.ts'

/** A task that has killed two threads is not given to a third. */
const MAX_ATTEMPTS = 2

export type ThreadPoolOptions = SupervisedThreadOptions & {
  /** Number of threads. */
  readonly size: number
}

export type ThreadPool<Task, Result> = {
  /** Whether at least one thread is running now. */
  readonly isUp: boolean
  /** Rejects with `model_unavailable` if the task fails, if two threads die during it, or while every thread is down. */
  ask(task: Task): Promise<Result>
  /** Waits for running tasks, rejects waiting ones, and ends the threads. */
  close(): Promise<void>
}

type Job<Task, Result> = {
  readonly task: Task
  readonly resolve: (result: Result) => void
  readonly reject: (error: RetrievalError) => void
  attempts: number
}

/** Rejects with `model_unavailable` if a thread cannot load its model. Idle threads do not keep the process alive. */
export async function createThreadPool<Task, Result>(
  options: ThreadPoolOptions,
): Promise<ThreadPool<Task, Result>> {
  const queue: Job<Task, Result>[] = []
  let threads: readonly SupervisedThread<Task, Result>[] = []
  let closed = false

  const unavailable = (why: string, cause?: unknown) =>
    new RetrievalError('model_unavailable', `${options.what} ${why}`, { cause })
  const isDown = () => threads.every((thread) => thread.state === 'down')
  const refuseWaiting = (why: string) => {
    for (const job of queue.splice(0)) job.reject(unavailable(why))
  }

  const run = async (thread: SupervisedThread<Task, Result>, job: Job<Task, Result>) => {
    job.attempts++
    try {
      const reply = await thread.ask(job.task)
      if ('result' in reply) job.resolve(reply.result)
      else job.reject(unavailable(`failed: ${reply.error}`))
    } catch (cause) {
      if (job.attempts < MAX_ATTEMPTS && !closed) queue.unshift(job)
      else job.reject(unavailable('ended unexpectedly while working on this task', cause))
    }
    dispatch()
  }
  const dispatch = () => {
    for (const thread of threads) {
      const job = thread.state === 'idle' && queue.shift()
      if (job) void run(thread, job)
    }
    if (isDown()) refuseWaiting('is down; it will be restarted')
  }

  threads = await superviseAll(options, dispatch)
  return {
    get isUp() {
      return threads.some(({ state }) => state === 'idle' || state === 'busy')
    },
    ask: (task) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(unavailable('is closed'))
        queue.push({ task, resolve, reject, attempts: 0 })
        dispatch()
      }),
    async close() {
      closed = true
      refuseWaiting('is closed')
      await Promise.all(threads.map((thread) => thread.close()))
    },
  }
}

/** Starts all threads or none: if one cannot be started, the others are closed so that they do not keep the process alive. */
async function superviseAll<Task, Result>(
  options: ThreadPoolOptions,
  onChange: () => void,
): Promise<SupervisedThread<Task, Result>[]> {
  const starts = await Promise.allSettled(
    Array.from({ length: options.size }, () => superviseThread<Task, Result>(options, onChange)),
  )
  const threads = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const failed = starts.find((start) => start.status === 'rejected')
  if (!failed) return threads
  await Promise.all(threads.map((thread) => thread.close()))
  throw failed.reason
}
