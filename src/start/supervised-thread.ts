/** A thread that is started again whenever it dies, with a pause when it dies again and again. */
import type { Worker } from 'node:worker_threads'
import { messageOf } from '../engine/core/errors.ts'
import { endThread, startThread } from './thread.ts'
import type { TaskReply, ThreadData } from './thread-tasks.ts'

/**
 * Pause before each new start, by the number of deaths since the last answer; the last one repeats. One crash costs
 * nobody a good answer, while a model that crashes on every start takes little of the processor.
 */
const RESTART_DELAYS_MS: readonly number[] = [0, 1_000, 5_000, 30_000]

export type SupervisedThreadOptions = {
  readonly entry: URL
  readonly data: ThreadData
  /** What the thread holds, in messages: `the embedding model`. */
  readonly what: string
  /** Called when the thread dies, does not start again, and is running again. */
  readonly notice?: (message: string) => void
  readonly restartDelaysMs?: readonly number[]
}

export type SupervisedThread<Task, Result> = {
  /** `starting`: a new thread is loading its model; `down`: none is, for now or because it was closed. */
  readonly state: 'idle' | 'busy' | 'starting' | 'down'
  /** To be called when idle. Rejects with the cause when the thread dies of the task. */
  ask(task: Task): Promise<TaskReply<Result>>
  /** Lets the running task end, then the thread. */
  close(): Promise<void>
}

type Waiting<Result> = {
  readonly resolve: (reply: TaskReply<Result>) => void
  readonly reject: (cause: unknown) => void
}

/** Rejects with `model_unavailable` when the first thread does not start. An idle thread lets the process end. */
export async function superviseThread<Task, Result>(
  options: SupervisedThreadOptions,
  onChange: () => void,
): Promise<SupervisedThread<Task, Result>> {
  const { entry, data, what, notice, restartDelaysMs = RESTART_DELAYS_MS } = options
  let worker: Worker | undefined
  let waiting: Waiting<Result> | undefined
  let starting: Promise<void> | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  let deaths = 0
  let closed = false

  const takeWaiting = () => {
    const taken = waiting
    waiting = undefined
    return taken
  }
  const adopt = (started: Worker) => {
    let cause: unknown
    worker = started
    started.on('message', (reply: TaskReply<Result>) => {
      deaths = 0
      started.unref()
      takeWaiting()?.resolve(reply)
    })
    // Always followed by an exit.
    started.on('error', (error) => {
      cause = error
    })
    started.once('exit', (code) => bury(cause ?? new Error(`exit code ${code}`)))
    started.unref()
  }
  const bury = (cause: unknown) => {
    worker = undefined
    planRestart(`ended unexpectedly (${messageOf(cause)})`)
    takeWaiting()?.reject(cause)
  }
  const planRestart = (happening: string) => {
    if (closed) return
    const delayMs = restartDelaysMs[Math.min(deaths, restartDelaysMs.length - 1)] ?? 0
    deaths++
    const when = delayMs === 0 ? 'now' : `in ${delayMs / 1000} s`
    notice?.(`${what} ${happening}: it is started again ${when}`)
    if (delayMs === 0) restart()
    else timer = setTimeout(restart, delayMs).unref()
    onChange()
  }
  const restart = () => {
    starting = startThread(entry, data).then(
      (started) => {
        starting = undefined
        adopt(started)
        notice?.(`${what} is running again`)
        onChange()
      },
      (error: unknown) => {
        starting = undefined
        planRestart(`did not start (${messageOf(error)})`)
      },
    )
  }

  adopt(await startThread(entry, data))
  return {
    get state() {
      if (worker) return waiting ? 'busy' : 'idle'
      return starting ? 'starting' : 'down'
    },
    ask: (task) =>
      new Promise((resolve, reject) => {
        waiting = { resolve, reject }
        worker?.ref()
        worker?.postMessage(task)
      }),
    async close() {
      closed = true
      clearTimeout(timer)
      await starting
      if (worker) await endThread(worker)
    },
  }
}
