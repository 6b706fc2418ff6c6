/** A thread that is restarted whenever it dies, with growing pauses if it dies repeatedly. */
import type { Worker } from 'node:worker_threads'
import { messageOf } from '../engine/core/errors.ts'
import { endThread, startThread } from './thread.ts'
import type { TaskReply, ThreadData } from './thread-tasks.ts'

/**
 * Pause before each restart, by the number of deaths since the last answer; the last value repeats. After a single crash the
 * restart is immediate, so that callers hardly notice; a model that crashes at every start uses little processor time.
 */
const RESTART_DELAYS_MS: readonly number[] = [0, 1_000, 5_000, 30_000]

export type SupervisedThreadOptions = {
  readonly entry: URL
  readonly data: ThreadData
  /** The name of what the thread runs, for messages: `the embedding model`. */
  readonly what: string
  /** Called when the thread dies, when a restart fails, and when the thread is running again. */
  readonly notice?: (message: string) => void
  readonly restartDelaysMs?: readonly number[]
}

export type SupervisedThread<Task, Result> = {
  /** `starting`: a new thread is loading its model; `down`: no thread exists, because it waits to be restarted or was closed. */
  readonly state: 'idle' | 'busy' | 'starting' | 'down'
  /** Call only when idle. Rejects with the cause if the thread dies while it works on the task. */
  ask(task: Task): Promise<TaskReply<Result>>
  /** Waits for the running task, then ends the thread. */
  close(): Promise<void>
}

type Waiting<Result> = {
  readonly resolve: (reply: TaskReply<Result>) => void
  readonly reject: (cause: unknown) => void
}

/** Rejects with `model_unavailable` if the first thread cannot be started. An idle thread does not keep the process alive. */
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
    // An `error` event is always followed by `exit`, which handles it.
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
    notice?.(`${what} ${happening}: restarting it ${when}`)
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
