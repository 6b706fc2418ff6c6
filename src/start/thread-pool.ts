/** A few threads with the same model behind one queue. A thread that dies is started again and its task asked once more. */
import type { Worker } from 'node:worker_threads'
import { messageOf, RetrievalError } from '../engine/core/errors.ts'
import { endThread, startThread } from './thread.ts'
import type { TaskReply, ThreadData } from './thread-tasks.ts'

/**
 * Pause before each new start, by the number of deaths since the last answer; the last one repeats. One crash costs
 * nobody a good answer, while a model that crashes on every start takes little of the processor.
 */
const RESTART_DELAYS_MS: readonly number[] = [0, 1_000, 5_000, 30_000]
/** A task that two threads died with is not given to a third. */
const MAX_ATTEMPTS = 2

export type ThreadPoolOptions = {
  readonly entry: URL
  readonly data: ThreadData
  /** Number of threads. */
  readonly size: number
  /** What the threads hold, in messages: `the embedding model`. */
  readonly what: string
  /** Called when a thread dies, fails to start again, and answers again. */
  readonly notice?: (message: string) => void
  readonly restartDelaysMs?: readonly number[]
}

export type ThreadPool<Task, Result> = {
  /** Whether at least one thread is running now. */
  readonly isUp: boolean
  /** Rejects with `model_unavailable` when the task fails, kills two threads, or no thread runs or is about to. */
  ask(task: Task): Promise<Result>
  /** Lets running tasks end, rejects those that wait, ends the threads. */
  close(): Promise<void>
}

type Job<Task, Result> = {
  readonly task: Task
  readonly resolve: (result: Result) => void
  readonly reject: (error: RetrievalError) => void
  attempts: number
}

/** The place of one thread, which outlives the thread. */
type Seat<Task, Result> = {
  worker?: Worker
  job?: Job<Task, Result>
  /** A start without a pause is under way: tasks may wait for it. */
  starting?: Promise<void>
  timer?: ReturnType<typeof setTimeout>
  /** Since the last answer. */
  deaths: number
}

/** Rejects with `model_unavailable` when a thread cannot load its model. Idle threads do not keep the process alive. */
export async function createThreadPool<Task, Result>(
  options: ThreadPoolOptions,
): Promise<ThreadPool<Task, Result>> {
  const { entry, data, what, notice, restartDelaysMs = RESTART_DELAYS_MS } = options
  const queue: Job<Task, Result>[] = []
  const seats: Seat<Task, Result>[] = []
  let closed = false

  const unavailable = (why: string, cause?: unknown) =>
    new RetrievalError('model_unavailable', `${what} ${why}`, { cause })
  const refuseWaiting = (why: string, cause?: unknown) => {
    for (const job of queue.splice(0)) job.reject(unavailable(why, cause))
  }

  const dispatch = () => {
    for (const seat of seats) {
      if (!seat.worker || seat.job) continue
      const job = queue.shift()
      if (!job) return
      job.attempts++
      seat.job = job
      seat.worker.ref()
      seat.worker.postMessage(job.task)
    }
  }

  const takeReply = (seat: Seat<Task, Result>, reply: TaskReply<Result>) => {
    const { job } = seat
    seat.job = undefined
    seat.deaths = 0
    seat.worker?.unref()
    if ('result' in reply) job?.resolve(reply.result)
    else job?.reject(unavailable(`failed: ${reply.error}`))
    dispatch()
  }

  const seatWorker = (seat: Seat<Task, Result>, worker: Worker) => {
    let cause: unknown
    seat.worker = worker
    worker.on('message', (reply: TaskReply<Result>) => takeReply(seat, reply))
    worker.on('error', (error) => {
      cause = error
    })
    worker.once('exit', (code) => bury(seat, cause ?? new Error(`exit code ${code}`)))
    worker.unref()
  }

  const bury = (seat: Seat<Task, Result>, cause: unknown) => {
    const { job } = seat
    seat.worker = undefined
    seat.job = undefined
    if (job && job.attempts < MAX_ATTEMPTS && !closed) queue.unshift(job)
    else job?.reject(unavailable('ended unexpectedly while it worked on this', cause))
    planRestart(seat, `ended unexpectedly (${messageOf(cause)})`, cause)
  }

  const planRestart = (seat: Seat<Task, Result>, happening: string, cause: unknown) => {
    if (closed) return
    const delayMs = restartDelaysMs[Math.min(seat.deaths, restartDelaysMs.length - 1)] ?? 0
    seat.deaths++
    const when = delayMs === 0 ? 'now' : `in ${delayMs / 1000} s`
    notice?.(`${what} ${happening}: it is started again ${when}`)
    if (delayMs === 0) restart(seat)
    else seat.timer = setTimeout(() => restart(seat), delayMs).unref()
    if (!mayAnswer()) refuseWaiting(`is down and starts again ${when}`, cause)
  }

  const restart = (seat: Seat<Task, Result>) => {
    seat.timer = undefined
    seat.starting = startThread(entry, data).then(
      (worker) => {
        seat.starting = undefined
        seatWorker(seat, worker)
        notice?.(`${what} is running again`)
        dispatch()
      },
      (error: unknown) => {
        seat.starting = undefined
        planRestart(seat, `did not start (${messageOf(error)})`, error)
      },
    )
  }

  const mayAnswer = () => seats.some((seat) => seat.worker || seat.starting)

  for (const worker of await startAll(options)) {
    const seat: Seat<Task, Result> = { deaths: 0 }
    seats.push(seat)
    seatWorker(seat, worker)
  }

  return {
    get isUp() {
      return seats.some((seat) => seat.worker)
    },
    ask: (task) =>
      new Promise((resolve, reject) => {
        if (closed) return reject(unavailable('is closed'))
        if (!mayAnswer()) return reject(unavailable('is down; it will be started again'))
        queue.push({ task, resolve, reject, attempts: 0 })
        dispatch()
      }),
    async close() {
      closed = true
      refuseWaiting('is closed')
      await Promise.all(
        seats.map(async (seat) => {
          clearTimeout(seat.timer)
          await seat.starting
          if (seat.worker) await endThread(seat.worker)
        }),
      )
    },
  }
}

/** All or none: when one cannot start, the others must not keep the process alive. */
async function startAll({ entry, data, size }: ThreadPoolOptions): Promise<Worker[]> {
  const starts = await Promise.allSettled(
    Array.from({ length: size }, () => startThread(entry, data)),
  )
  const workers = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []))
  const failed = starts.find((start) => start.status === 'rejected')
  if (!failed) return workers
  await Promise.all(workers.map(endThread))
  throw failed.reason
}
